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
    var table = GroupTable(sources: try StringTable(decoding: names, base: 0))
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
    #expect(
      table.tallies == [
        first: GroupTally(count: 13, firstTime: 3, lastTime: 20),
        second: GroupTally(count: 7, firstTime: 1, lastTime: 1),
      ])
  }

  @Test(
    "Sources that the manifest does not name have numbers behind those it names, and ranks among them"
  )
  func otherSources() throws {
    let names = StringTable.encode(["bus", "van"].map { ByteString($0) })
    var table = GroupTable(sources: try StringTable(decoding: names, base: 0))
    #expect(
      ["van", "tram", "bus", "car", "tram"].map { table.number(ofSource: $0) } == [1, 2, 0, 3, 2])
    #expect((0..<4).map { table.sourceName($0) } == ["bus", "van", "tram", "car"])
    #expect(table.sourceRanks == [0, 3, 2, 1])
  }
}
