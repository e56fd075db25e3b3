import LakeBytes
import Testing
import TripModel

@testable import LakeQuery
@testable import LakeStore

@Suite struct SourceSumsTests {
  @Test("Files of one group after the other sum up by source, also where a group comes again")
  func sums() throws {
    var sums = SourceSums(sourceCount: 2, isBySource: true)
    let names = StringTable.encode(["bus", "car"].map { ByteString($0) })
    var table = GroupTable(
      sources: try StringTable(decoding: names, base: 0), tellsSources: true)
    var (first, second) = (GroupTable.Group(), GroupTable.Group())
    (first.week, second.week) = (1, 2)
    for (group, source, tally) in [
      (first, 1, GroupTally(count: 2, firstTime: 5, lastTime: 9)),
      (first, 0, GroupTally(count: 0)),
      (first, 1, GroupTally(count: 1, firstTime: 3, lastTime: 4)),
      (second, 0, GroupTally(count: 7, firstTime: 1, lastTime: 1)),
      (first, 1, GroupTally(count: 10, firstTime: 8, lastTime: 20)),
    ] {
      try sums.begin(group, &table)
      sums.add(tally, ofSource: source)
    }
    try sums.finish(&table)
    (first.source, second.source) = (1, 0)
    #expect(table.sums.indices.map { table.group($0) } == [first, second])
    #expect(
      table.sums.map(\.tally) == [
        GroupTally(count: 13, firstTime: 3, lastTime: 20),
        GroupTally(count: 7, firstTime: 1, lastTime: 1),
      ])
  }

  @Test(
    "Where sources are not told apart, a group keeps that of its last trip, at one time the smaller by bytes",
    arguments: [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]])
  func latestSource(order: [Int]) throws {
    let names = StringTable.encode(["bus", "van"].map { ByteString($0) })
    var table = GroupTable(
      sources: try StringTable(decoding: names, base: 0), tellsSources: false)
    var group = GroupTable.Group()
    group.region = 3
    let tallies = [("bus", 8), ("van", 9), ("tram", 9), ("car", 4)]
    for (name, last) in order.map({ tallies[$0] }) {
      group.source = table.number(ofSource: ByteString(name))
      try table.add(GroupTally(count: 2, firstTime: 1, lastTime: Int64(last)), to: group)
    }
    group.source = 0
    #expect(table.sums.map(\.tally) == [GroupTally(count: 8, firstTime: 1, lastTime: 9)])
    #expect(table.group(0) == group)
    #expect(table.sourceName(table.sums[0].latestSource) == "tram")
  }

  @Test(
    "Sources that the manifest does not name have numbers behind those it names, and places among them"
  )
  func otherSources() throws {
    let names = StringTable.encode(["bus", "van"].map { ByteString($0) })
    var table = GroupTable(
      sources: try StringTable(decoding: names, base: 0), tellsSources: true)
    #expect(
      ["van", "tram", "bus", "car", "tram"].map { table.number(ofSource: $0) } == [1, 2, 0, 3, 2])
    #expect((0..<4).map { table.sourceName($0) } == ["bus", "van", "tram", "car"])
    #expect((0..<4).sorted { table.precedes(source: $0, $1) } == [0, 3, 2, 1])
  }
}
