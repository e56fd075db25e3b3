import LakeBytes
import LakeStore
import LakeTestSupport
import Testing

@testable import LakeIngest

/// A partition whose rows come to memory in several epochs is one trip file all the same.
@Suite struct OpenFilesTests {
  private func trips(
    _ random: inout SeededRandom, count: Int, regions: [String] = ["Prague", "Turin"],
    sources: [String] = ["a", "b"]
  ) -> String {
    var text = LoadHarness.header
    for row in 0..<count {
      let x = 14 + random.fraction()
      let y = 50 + random.fraction()
      text += "\(regions[row % regions.count]),POINT (\(x) \(y)),POINT (\(y) \(x)),"
      text += "2018-12-1\(random.integer(in: 0..<7)) 0\(row % 10):00:00,"
      text += "\(sources[row % 3 % sources.count])\n"
    }
    return text
  }

  private struct Outcome: Equatable {
    let footers: [String]
    let rowHashSum: Digest128
    let fileCount: Int
  }

  private func outcome(_ texts: [String], _ options: LoadOptions) throws -> Outcome {
    let harness = try LoadHarness()
    let paths = try texts.enumerated().map { try harness.file("\($0.offset).csv", $0.element) }
    let receipt = try harness.load(paths, options)
    let verified = try harness.lake.verify()
    #expect(verified.damages.isEmpty)
    #expect(verified.orphans.isEmpty)
    return Outcome(
      footers: try harness.footers(), rowHashSum: try harness.rowHashSum(),
      fileCount: receipt.dataFileCount)
  }

  private static func options(
    rowLimit: Int, fileRowLimit: Int = 1 << 20, openFileByteLimit: Int = .max, threadCount: Int = 1
  ) -> LoadOptions {
    var options = LoadHarness.options(threadCount: threadCount, chunkByteCount: 1 << 14)
    options.memory = MemoryBudget(
      rowLimit: rowLimit, fileRowLimit: fileRowLimit, openFileByteLimit: openFileByteLimit)
    return options
  }

  @Test func aPartitionIsOneFile() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let texts = (0..<6).map { _ in trips(&random, count: 5000) }
    let alone = try outcome(texts, Self.options(rowLimit: 1 << 20))
    #expect(alone.fileCount == 2)
    let divided = try outcome(texts, Self.options(rowLimit: 11_000))
    #expect(divided.fileCount == alone.fileCount, "seed \(seed)")
    #expect(divided.rowHashSum == alone.rowHashSum, "seed \(seed)")
    #expect(divided.footers != alone.footers)
    let byTwo = try outcome(texts, Self.options(rowLimit: 11_000, threadCount: 2))
    #expect(byTwo == divided, "seed \(seed)")
  }

  @Test(arguments: 1...2)
  func anInputLargerThanMemoryIsOneFileOfEachPartition(_ threadCount: Int) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let texts = [30_000, 4000].map { trips(&random, count: $0) }
    let alone = try outcome(texts, Self.options(rowLimit: 1 << 20))
    let divided = try outcome(texts, Self.options(rowLimit: 11_000, threadCount: threadCount))
    #expect(divided.fileCount == 2, "seed \(seed)")
    #expect(divided.rowHashSum == alone.rowHashSum, "seed \(seed)")
  }

  /// 9,000 rows of one partition, of which 4,000 fit into memory.
  @Test func aFileEndsWhereItMust() throws {
    var random = SeededRandom(seed: 5)
    func file(_ count: Int, _ sources: [String] = ["a", "b"]) -> String {
      trips(&random, count: count, regions: ["Prague"], sources: sources)
    }
    let texts = [file(3000), file(3000), file(3000)]
    func count(_ texts: [String], _ options: LoadOptions) throws -> Int {
      let outcome = try outcome(texts, options)
      let alone = try self.outcome(texts, Self.options(rowLimit: 1 << 20))
      #expect(outcome.rowHashSum == alone.rowHashSum)
      return outcome.fileCount - alone.fileCount + 1
    }
    #expect(try count(texts, Self.options(rowLimit: 4000)) == 1)
    // No memory for files that are open.
    #expect(try count(texts, Self.options(rowLimit: 4000, openFileByteLimit: 0)) == 3)
    // More rows than a file may have; the whole load then has two files.
    #expect(try outcome(texts, Self.options(rowLimit: 4000, fileRowLimit: 6500)).fileCount == 2)
    // A source that the file does not know, and one that it knows alone.
    #expect(
      try count([texts[0], file(3000, ["a", "c"]), texts[2]], Self.options(rowLimit: 4000)) == 3)
    #expect(try count([texts[0], file(3000, ["b"])], Self.options(rowLimit: 4000)) == 1)
  }

  @Test(arguments: 1...2)
  func aFileThatFailsLateLeavesNothing(_ threadCount: Int) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let good = trips(&random, count: 5000)
    let bad = trips(&random, count: 30_000) + String(repeating: "x\n", count: 9000)
    let expected = try outcome(
      [good, good + good.dropFirst(LoadHarness.header.count)], Self.options(rowLimit: 11_000))
    let harness = try LoadHarness()
    let paths = try [good, bad, good + good.dropFirst(LoadHarness.header.count)].enumerated().map {
      try harness.file("\($0.offset).csv", $0.element)
    }
    let receipt = try harness.load(
      paths, Self.options(rowLimit: 11_000, threadCount: threadCount))
    #expect(receipt.files.map(\.status) == [.loaded, .failed, .loaded])
    #expect(try harness.rowHashSum() == expected.rowHashSum, "seed \(seed)")
    #expect(try harness.lake.verify().orphans.isEmpty)
    #expect(try harness.lake.verify().damages.isEmpty)
  }

  private static let definition = """
    {"name": "mine", "delimiter": ",", "region": {"constant": "Prague"}, "origin": {"x": ["x"], "y": ["y"]},
     "destination": {"x": ["dx"], "y": ["dy"]}, "time": {"columns": ["t"], "zone": "UTC"},
     "source": {"columns": ["s"]}, "extras": [{"name": "text"}, {"name": "n", "type": "int64"}]}
    """

  /// Rows that are encoded together lack columns and texts which others of the file have.
  @Test func aFileHasWhatOnlySomeOfItsRowsHave() throws {
    var text = "x,y,dx,dy,t,s,text,n\n"
    for row in 0..<10_000 {
      text += "14.\(row + 10_000),50,\(row < 9000 ? "," : "15,51"),2018-12-10 00:00:00,"
      text += "\(row < 3000 ? "b" : "a"),"
      text += "\(5000..<5010 ~= row ? "text \(5010 - row)" : ""),\(row == 1 ? "7" : "")\n"
    }
    func options(rowLimit: Int) throws -> LoadOptions {
      var options = Self.options(rowLimit: rowLimit)
      options.definitions = .fixed(try InputDefinition(json: Array(Self.definition.utf8)))
      return options
    }
    let harness = try LoadHarness()
    let receipt = try harness.load([try harness.file("0.csv", text)], options(rowLimit: 1 << 20))
    #expect(receipt.dataFileCount == 1)
    #expect(try harness.lake.verify().damages.isEmpty)
    let manifest = try harness.lake.snapshot().manifest
    #expect(manifest.totals.rowCount == 10_000 && manifest.destinationCount(ofFile: 0) == 1000)
    let divided = try outcome([text], options(rowLimit: 600))
    #expect(divided.rowHashSum == manifest.totals.rowHashSum)
  }
}
