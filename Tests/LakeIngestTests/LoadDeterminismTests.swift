import LakeBytes
import LakeStore
import LakeTestSupport
import Testing

@testable import LakeIngest

/// The same input gives the same lake and the same account, however it is divided.
@Suite struct LoadDeterminismTests {
  /// Every trap of CSV in a few lines.
  private static let text =
    "\u{feff}" + LoadHarness.header + LoadHarness.prague + "\r\n" + LoadHarness.turin
    + "\"Prague, West\",POINT (14.1 50.1),\"POINT (14.2 50.2)\",2018-05-28 09:03:40,\"a\"\"b\"\r\n"
    + "\"Two\nlines\",POINT (14.1 50.1),,2018-05-28 09:03:40,x\r"
    + "Prague,nowhere,,2018-05-28 09:03:40,x\n"
    + "Prague,POINT (14.1 50.1),,2018-05-28 09:03:40\n"
    + "\"Prague\"s,POINT (14.1 50.1),,2018-05-28 09:03:40,x\n"
    + LoadHarness.turin.replacing("\n", with: "\r\n")
    + "Prague,POINT (-0.0 1e-300),POINT (180 -90),0001-01-01 00:00:00,last"

  private struct Outcome: Equatable {
    let footers: [String]
    let ledgers: [InputLedger]
    let rejects: String
  }

  private func outcome(_ texts: [String], _ options: LoadOptions) throws -> Outcome {
    let harness = try LoadHarness()
    let paths = try texts.enumerated().map { try harness.file("\($0.offset).csv", $0.element) }
    let receipt = try harness.load(paths, options)
    let rejects = receipt.rejectReport == nil ? "" : try harness.rejects(receipt)
    return Outcome(
      footers: try harness.footers(), ledgers: receipt.files.map(\.ledger),
      rejects: rejects.replacing(harness.folder.path, with: ""))
  }

  @Test func chunkBordersChangeNothing() throws {
    let expected = try outcome([Self.text], Self.tolerant(chunkByteCount: 1 << 20, threadCount: 1))
    #expect(expected.ledgers[0].rejected == 3)
    #expect(expected.ledgers[0].stored == 6)
    #expect(expected.ledgers[0].blank == 1)
    for chunkByteCount in 1..<Self.text.utf8.count + 2 {
      let threadCount = chunkByteCount % 2 + 1
      let actual = try outcome(
        [Self.text], Self.tolerant(chunkByteCount: chunkByteCount, threadCount: threadCount))
      guard actual == expected else {
        Issue.record("chunks of \(chunkByteCount) bytes, \(threadCount) threads: \(actual)")
        return
      }
    }
  }

  private static func tolerant(chunkByteCount: Int, threadCount: Int) -> LoadOptions {
    var options = LoadHarness.options(threadCount: threadCount, chunkByteCount: chunkByteCount)
    options.errorLimit = .percent(50)
    return options
  }

  @Test func threadsAndMemoryKeepEveryRow() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let texts = (0..<4).map { _ in randomTrips(&random, count: 700) }
    let one = try outcome(texts, LoadHarness.options())
    #expect(one.ledgers.map(\.stored) == [700, 700, 700, 700])
    let two = try outcome(texts, LoadHarness.options(threadCount: 2, chunkByteCount: 4096))
    #expect(one == two, "seed \(seed)")
    var sums: Set<String> = []
    for (rowLimit, fileRowLimit) in [(1 << 20, 1 << 20), (300, 1 << 20), (1000, 64), (1500, 200)] {
      let harness = try LoadHarness()
      let paths = try texts.enumerated().map { try harness.file("\($0.offset).csv", $0.element) }
      let options = LoadHarness.options(
        threadCount: 2, rowLimit: rowLimit, fileRowLimit: fileRowLimit, chunkByteCount: 4096)
      #expect(try harness.load(paths, options).stored == 2800)
      sums.insert(try harness.rowHashSum().hexadecimal)
      #expect(try harness.lake.verify().damages.isEmpty)
      let divided = try outcome(texts, options)
      let alone = try outcome(
        texts,
        LoadHarness.options(
          rowLimit: rowLimit, fileRowLimit: fileRowLimit, chunkByteCount: 4096))
      #expect(divided == alone, "seed \(seed), \(rowLimit) rows in memory")
    }
    #expect(sums.count == 1, "seed \(seed)")
  }

  /// A file that fails after some of its rows were written out takes them all back.
  @Test func aLateFailureTakesBackWhatWasWritten() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let good = randomTrips(&random, count: 500)
    let bad = randomTrips(&random, count: 500) + String(repeating: "x\n", count: 90)
    let expected = try outcome([good], LoadHarness.options())
    for threadCount in 1...2 {
      let harness = try LoadHarness()
      let paths = [try harness.file("good.csv", good), try harness.file("bad.csv", bad)]
      let options = LoadHarness.options(
        threadCount: threadCount, rowLimit: 600, chunkByteCount: 2048)
      let receipt = try harness.load(paths, options)
      #expect(receipt.files.map(\.status) == [.loaded, .failed])
      #expect(try harness.footers() == expected.footers, "seed \(seed)")
      #expect(try harness.lake.verify().orphans.isEmpty)
    }
  }

  private func randomTrips(_ random: inout SeededRandom, count: Int) -> String {
    var text = LoadHarness.header
    for _ in 0..<count {
      let region = ["Prague", "Turin", "Zürich", ""][random.integer(in: 0..<4)]
      let day = random.integer(in: 10..<29)
      let x = random.fraction() * 2 - 1
      let y = Double(random.integer(in: 0..<3)) + 0.5
      text += "\(region),POINT (\(x) \(y)),POINT (\(y) \(x)),2018-12-\(day) 0\(day % 10):00:00,"
      text += "s\(random.integer(in: 0..<90))\n"
    }
    return text
  }
}

extension String {
  fileprivate func replacing(_ old: String, with new: String) -> String {
    var result = ""
    var rest = self[...]
    while let range = rest.utf8Range(of: old) {
      result += rest[..<range.lowerBound] + new
      rest = rest[range.upperBound...]
    }
    return result + rest
  }
}

extension Substring {
  fileprivate func utf8Range(of text: String) -> Range<Index>? {
    var start = utf8.startIndex
    while start < utf8.endIndex {
      if utf8[start...].starts(with: text.utf8) {
        return start..<utf8.index(start, offsetBy: text.utf8.count)
      }
      start = utf8.index(after: start)
    }
    return nil
  }
}
