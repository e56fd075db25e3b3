import LakeStore
import LakeTestSupport
import Testing

@testable import LakeIngest

/// Input that once lost rows, trapped or took for ever.
@Suite struct LoadRecoveryTests {
  private static let row = "P,POINT (1 2),,2018-05-28 00:00:00,s\n"

  private func load(
    _ harness: LoadHarness, _ texts: [String], errorLimit: Double = 100, chunk: Int = 1 << 20
  ) throws -> LoadReceipt {
    var options = LoadHarness.options(threadCount: 2, chunkByteCount: chunk)
    options.errorLimit = .percent(errorLimit)
    let paths = try texts.enumerated().map { try harness.file("\($0.offset).csv", $0.element) }
    return try harness.load(paths, options)
  }

  @Test func originsThatAreAlmostTheSameAreSorted() throws {
    let text =
      LoadHarness.header + "P,POINT (0 0),,2018-05-28 00:00:00,s\n"
      + "P,POINT (1e-320 0),,2018-05-28 00:00:00,s\n"
    #expect(try load(LoadHarness(), [text]).stored == 2)
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func anOpenQuoteCostsOneRecord(_ lineEnd: String) throws {
    let lines =
      [LoadHarness.header, Self.row, "\"" + Self.row]
      + Array(repeating: Self.row, count: 50)
    let text = lines.joined().split(separator: "\n").joined(separator: lineEnd) + lineEnd
    for chunk in [7, 64, 1 << 20] {
      let receipt = try load(LoadHarness(), [text], chunk: chunk)
      #expect(receipt.files[0].ledger.isBalanced)
      #expect(receipt.stored == 51, "chunks of \(chunk)")
    }
  }

  /// Each line opens a quote, also when it is read inside of one; this took hours.
  @Test func manyOpenQuotesTakeOnePass() throws {
    let text = LoadHarness.header + String(repeating: "x\",\"\n", count: 150_000)
    let receipt = try load(LoadHarness(), [text])
    #expect(receipt.status == .failed)
    #expect(receipt.rejected == 150_000)
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func aRecordPastTheLimitCostsItself(_ lineEnd: String) throws {
    let long = String(repeating: "z", count: InputReader.recordByteLimit + 100)
    let lines = [LoadHarness.header, Self.row, long + Self.row, Self.row, Self.row]
    let text = lines.joined().split(separator: "\n").joined(separator: lineEnd) + lineEnd
    let receipt = try load(LoadHarness(), [text])
    #expect(receipt.stored == 3)
    #expect(receipt.rejected == 1)
    #expect(receipt.files[0].ledger.lines == 5)
  }

  @Test func aHeaderBehindTooManyBlankLinesIsNotPassedOver() throws {
    let text = String(repeating: "\n", count: 1 << 20) + LoadHarness.header + Self.row
    let receipt = try load(LoadHarness(), [text])
    #expect(receipt.files[0].error?.code == .unsupportedText)
  }

  @Test func aRejectOfAFileNamedTwiceIsReportedOnce() throws {
    let harness = try LoadHarness()
    let text = LoadHarness.header + String(repeating: Self.row, count: 20) + "bad\n"
    let receipt = try load(harness, [text, text])
    #expect(receipt.files.map(\.status) == [.loadedWithRejects, .alreadyLoaded])
    #expect(try harness.rejects(receipt).split(separator: "\n").count == 2)
  }

  /// Taken in as it is, the second file's ends would be exchanged.
  @Test func aReportOfTwoHeadersIsNotTakenIn() throws {
    let harness = try LoadHarness()
    let rows = String(repeating: Self.row, count: 20)
    let receipt = try load(
      harness,
      [
        LoadHarness.header + rows + "P,POINT (1 2),POINT (3 4),x,s\n",
        "region,destination_coord,origin_coord,datetime,datasource\n"
          + rows.split(separator: "\n").map { "P,,POINT (1 2)," + $0.dropFirst(15) + "\n" }.joined()
          + "P,POINT (1 2),POINT (3 4),x,s\n",
      ])
    #expect(receipt.files.map(\.ledger.rejected) == [1, 1])
    let mended = try harness.rejects(receipt).split(separator: "\n").map {
      $0.hasSuffix(",x,s") ? $0.dropLast(3) + "2018-05-28 00:00:00,s\n" : $0 + "\n"
    }
    #expect(mended.count == 4)
    let again = try load(harness, [mended.joined()])
    #expect(again.files[0].error?.code == .secondHeader)
    #expect(try harness.rowCount() == 40)
    let first = try load(harness, [mended[..<2].joined()])
    #expect(first.stored == 1)
  }

  @Test func aLongRejectIsReportedWhole() throws {
    let harness = try LoadHarness()
    let long = "\"" + String(repeating: "z", count: 5000) + "\",POINT (1 2),,x,s"
    let receipt = try load(harness, [LoadHarness.header + Self.row + long + "\n"])
    #expect(try harness.rejects(receipt).contains("," + long + "\n"))
  }

  @Test func aFileOfTooManyPartitionsFailsAlone() throws {
    let harness = try LoadHarness()
    let regions = (0...LoadJob.partitionLimit).map {
      "R\($0),POINT (1 2),,2018-05-28 00:00:00,s\n"
    }
    var options = LoadHarness.options()
    options.errorLimit = .percent(100)
    let paths = [
      try harness.file("many.csv", LoadHarness.header + regions.joined()),
      try harness.file("good.csv", LoadHarness.header + Self.row),
    ]
    let receipt = try harness.load(paths, options)
    #expect(receipt.files.map(\.status) == [.failed, .loaded])
    #expect(receipt.files[0].error?.code == .tooManyPartitions)
    #expect(try harness.rowCount() == 1)
  }

  @Test func tooManyFilesAreRefused() throws {
    let harness = try LoadHarness()
    let error = #expect(throws: IngestError.self) {
      try harness.load(Array(repeating: "a.csv", count: LoadJob.fileLimit + 1))
    }
    #expect(error?.code == .tooManyFiles)
  }

  @Test(arguments: ["0001-01-01 00:00:00+14:00", "9999-12-31 23:59:59-14:00"])
  func timesThatLeaveTheCalendarAreRejected(_ time: String) throws {
    let text = LoadHarness.header + Self.row + "P,POINT (1 2),,\(time),s\n"
    #expect(try load(LoadHarness(), [text]).rejected == 1)
  }

  @Test(arguments: ["\"region\"x", "\"reg\"ion"])
  func aHeaderWithTextBehindAQuoteIsRefused(_ name: String) throws {
    let text = name + LoadHarness.header.dropFirst(6) + Self.row
    #expect(try load(LoadHarness(), [text]).files[0].error?.code == .unsupportedText)
  }
}
