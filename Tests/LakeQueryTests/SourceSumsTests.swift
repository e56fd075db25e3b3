import LakeBytes
import Testing
import TripModel

@testable import LakeQuery
@testable import LakeStore

@Suite struct SourceSumsTests {
  @Test("Files of one group after the other sum up by source, also where a group comes again")
  func sums() throws {
    let manifest = try manifest(sources: ["bus", "car"])
    var sums = SourceSums(sourceCount: 2, isBySource: true)
    var table = GroupTable()
    var (first, second) = (GroupTable.Group(), GroupTable.Group())
    (first.week, second.week) = (1, 2)
    for (group, source, tally) in [
      (first, 1, GroupTally(count: 2, firstTime: 5, lastTime: 9)),
      (first, 0, GroupTally(count: 0)),
      (first, 1, GroupTally(count: 1, firstTime: 3, lastTime: 4)),
      (second, 0, GroupTally(count: 7, firstTime: 1, lastTime: 1)),
      (first, 1, GroupTally(count: 10, firstTime: 8, lastTime: 20)),
    ] {
      try sums.begin(group, &table, manifest)
      sums.add(tally, ofSource: source)
    }
    try sums.finish(&table, manifest)
    (first.source, second.source) = (0, 1)
    #expect(table.sourceNames == ["car", "bus"].map { ByteString($0) })
    #expect(
      table.tallies == [
        first: GroupTally(count: 13, firstTime: 3, lastTime: 20),
        second: GroupTally(count: 7, firstTime: 1, lastTime: 1),
      ])
  }

  private func manifest(sources: [String]) throws -> Manifest {
    let empty = Manifest.empty(lakeID: LakeID(high: 1, low: 2))
    let bytes = StringTable.encode(sources.map { ByteString($0) })
    return Manifest(
      version: 1, lakeID: empty.lakeID, parentDigest: .zero, digest: .zero, schema: .trips,
      totals: empty.totals, regions: StringTable(),
      sources: try StringTable(decoding: bytes, base: 0), files: FileColumns(), sections: nil)
  }
}
