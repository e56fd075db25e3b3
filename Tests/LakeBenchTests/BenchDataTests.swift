import LakeTestSupport
import Testing

@testable import LakeBench

@Suite struct BenchDataTests {
  @Test func rowsAreTheSameForAnyNumberOfFilesAndThreads() throws {
    let whole = try BenchText(rowCount: 10_000, fileCount: 1, threadCount: 1)
    #expect(whole.lines.count == 10_000)
    for (fileCount, threadCount) in [(1, 2), (3, 1), (7, 3)] {
      let parts = try BenchText(rowCount: 10_000, fileCount: fileCount, threadCount: threadCount)
      #expect(parts.files.count == fileCount)
      #expect(parts.lines == whole.lines)
    }
  }

  @Test func eachFileHasAHeaderOfItsOwn() throws {
    let text = try BenchText(rowCount: 5, fileCount: 5, threadCount: 2)
    for file in text.files {
      #expect(
        file.hasPrefix("region,origin_coord,destination_coord,datetime,datasource\n"))
      #expect(file.split(separator: "\n").count == 2)
    }
  }

  /// What the data must have to be a bench: unequal regions, rush hours, a year's end, 0 degrees within a
  /// region, all sources, coordinates of full length.
  @Test func theDataHaveWhatABenchNeeds() throws {
    let trips = try BenchText(rowCount: 20_000, fileCount: 1, threadCount: 2).trips
    let regions = Dictionary(grouping: trips, by: \.region).mapValues(\.count)
    #expect(regions.count == BenchCity.all.count)
    #expect(regions["London", default: 0] > 10 * regions["Nuuk", default: 0])
    let london = trips.filter { $0.region == "London" }
    #expect(london.contains { $0.origin.x < 0 } && london.contains { $0.origin.x > 0 })
    #expect(Set(trips.map(\.source)).count == BenchTripGenerator.sources.count)
    #expect(trips.count { $0.hour == 17 } > 5 * trips.count { $0.hour == 3 })
    #expect(Set(trips.map { $0.time.prefix(4) }) == ["2017", "2018"])
    #expect(trips.count { "\($0.origin.x)".utf8.count >= 16 } > 15_000)
  }

  @Test func aFolderThatIsNotThereIsAnError() {
    let data = BenchData(rowCount: 10, fileCount: 1, seed: 1)
    let folder = TemporaryFolder().path
    #expect(
      throws: BenchError.file(
        path: "\(folder)/trips-001.csv", reason: "No such file or directory", isDiskFull: false)
    ) { try data.write(to: folder, threadCount: 1) }
  }
}
