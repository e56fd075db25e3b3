import LakeFile
import LakeStore
import LakeTestSupport
import Testing
import TripModel

@testable import LakeIngest

@Suite struct LoadJobTests {
  @Test func tripsAreStoredAndCounted() throws {
    let harness = try LoadHarness()
    let text = LoadHarness.header + LoadHarness.prague + "\n" + LoadHarness.turin
    let receipt = try harness.load([try harness.file("a.csv", text)])
    #expect(receipt.status == .committed)
    #expect(receipt.load == 1)
    #expect(receipt.snapshot == 1)
    #expect(
      receipt.files[0].ledger
        == InputLedger(
          lines: 4, records: 4, header: 1, blank: 1, comment: 0, stored: 2, duplicates: 0,
          rejected: 0))
    let manifest = try harness.lake.snapshot().manifest
    #expect(manifest.totals.rowCount == 2)
    #expect(manifest.fileCount == 2)
    #expect(try manifest.inputs().map(\.ledger) == receipt.files.map(\.ledger))
  }

  @Test func theSameBytesAreTakenOnce() throws {
    let harness = try LoadHarness()
    let text = LoadHarness.header + LoadHarness.prague
    _ = try harness.load([try harness.file("a.csv", text)])
    let sum = try harness.rowHashSum()
    let again = try harness.load([try harness.file("other name.csv", text)])
    #expect(again.status == .alreadyLoaded)
    #expect(again.load == nil)
    #expect(again.files[0].earlierLoad == 1)
    #expect(again.snapshot == 1)
    #expect(try harness.rowHashSum() == sum)
  }

  /// Options that round coordinates.
  private func options(decimals: Int) throws -> LoadOptions {
    var options = LoadHarness.options()
    let json = InputDefinitionTests.trips("\"decimals\": \(decimals)")
    options.definitions = .fixed(try InputDefinition(json: Array(json.utf8)))
    return options
  }

  @Test func theSameBytesByAnotherDefinitionAreRefused() throws {
    let harness = try LoadHarness()
    let text = LoadHarness.header + LoadHarness.prague
    let path = try harness.file("a.csv", text)
    _ = try harness.load([path], try options(decimals: 7))
    let sum = try harness.rowHashSum()
    let other = try harness.file("b.csv", LoadHarness.header + LoadHarness.turin)
    let receipt = try harness.load([path, other])
    #expect(receipt.files[0].error?.code == .otherDefinition)
    #expect(receipt.files[0].error?.message.contains("load 1 has these bytes") == true)
    #expect(receipt.files[1].status == .loaded)
    #expect(try harness.rowHashSum() != sum)
    #expect(try harness.rowCount() == 2)
    let again = try harness.load([path], try options(decimals: 7))
    #expect(again.status == .alreadyLoaded)
  }

  @Test func coordinatesAreRoundedWhereTheDefinitionSaysSo() throws {
    let rounded = try LoadHarness()
    let plain = try LoadHarness()
    let header = LoadHarness.header
    let rows = [
      (
        "a,POINT (14.12345678 -50.99999996),POINT (180 -0.00000004),2018-05-28 09:03:40,car\n",
        "a,POINT (14.1234568 -51),POINT (180 0),2018-05-28 09:03:40,car\n"
      ),
      (
        "a,POINT (179.99999999 -90),,2018-05-28 09:03:40,car\n",
        "a,POINT (180 -90),,2018-05-28 09:03:40,car\n"
      ),
    ]
    let options = try options(decimals: 7)
    let path = try rounded.file("a.csv", header + rows.map(\.0).joined())
    #expect(try rounded.load([path], options).status == .committed)
    _ = try plain.load([try plain.file("a.csv", header + rows.map(\.1).joined())])
    #expect(try rounded.rowHashSum() == plain.rowHashSum())
    #expect(try rounded.footers() == plain.footers())
    let beyond = try rounded.file(
      "b.csv", header + "a,POINT (180.00000001 1),,2018-05-28 09:03:40,car\n")
    #expect(try rounded.load([beyond], options).files[0].ledger.rejected == 1)
  }

  @Test func aFileNamedTwiceIsTakenOnce() throws {
    let harness = try LoadHarness()
    let path = try harness.file("a.csv", LoadHarness.header + LoadHarness.prague)
    let receipt = try harness.load([path, path])
    #expect(receipt.files.map(\.status) == [.loaded, .alreadyLoaded])
    #expect(receipt.files[1].earlierLoad == 0)
    #expect(try harness.rowCount() == 1)
  }

  @Test func everyRejectIsNamedWithItsPlace() throws {
    let harness = try LoadHarness()
    let good = String(repeating: LoadHarness.prague, count: 60)
    let bad = [
      "Prague,POINT 14.4 50.0,,2018-05-28 09:03:40,car",
      "Prague,POINT (181 50.0),,2018-05-28 09:03:40,car",
      "Prague,POINT (14 50.0),POINT (1 91),2018-05-28 09:03:40,car",
      "Prague,POINT (14 50.0),,28.5.2018,car",
      "Prague,POINT (14 50.0)",
    ]
    let text = LoadHarness.header + good + bad.joined(separator: "\n") + "\n" + good
    let receipt = try harness.load([try harness.file("a,b.csv", text)])
    #expect(receipt.status == .committedWithRejects)
    #expect(receipt.stored == 120)
    #expect(receipt.rejected == 5)
    let lines = try harness.rejects(receipt).split(separator: "\n")
    #expect(lines.count == 6)
    #expect(
      lines[0] == "reject_file,reject_line,reject_byte,reject_column,reject_code,reject_message,"
        + LoadHarness.header.dropLast())
    let path = "\"\(harness.folder.path)/a,b.csv\""
    let codes = ["TL-2031", "TL-2032", "TL-2032", "TL-2041", "TL-2021"]
    let columns = ["origin_coord", "origin_coord", "destination_coord", "datetime", ""]
    var offset = LoadHarness.header.utf8.count + good.utf8.count
    for index in 0..<5 {
      let place = "\(path),\(62 + index),\(offset),\(columns[index]),\(codes[index]),"
      #expect(lines[index + 1].hasPrefix(place), "\(lines[index + 1])")
      #expect(lines[index + 1].hasSuffix("," + bad[index]), "\(lines[index + 1])")
      offset += bad[index].utf8.count + 1
    }
  }

  @Test func oneBadFileDoesNotStopTheOthers() throws {
    let harness = try LoadHarness()
    let paths = [
      try harness.file("good.csv", LoadHarness.header + LoadHarness.prague),
      try harness.file("half.csv", LoadHarness.header + LoadHarness.prague + "x,y\n"),
      try harness.file("columns.csv", "region,when\nPrague,now\n"),
      harness.folder.path + "/missing.csv",
      try harness.file("good too.csv", LoadHarness.header + LoadHarness.turin),
    ]
    let receipt = try harness.load(paths)
    #expect(receipt.status == .committedWithRejects)
    #expect(receipt.files.map(\.status) == [.loaded, .failed, .failed, .failed, .loaded])
    let codes = receipt.files.map { $0.error?.code }
    #expect(codes == [nil, .tooManyRejects, .missingColumn, .inputMissing, nil])
    #expect(receipt.files[1].ledger.rejected == 2)
    let balanced = receipt.files.map(\.ledger.isBalanced)
    #expect(balanced == [true, true, true, true, true])
    #expect(try harness.rowCount() == 2)
    #expect(try harness.lake.snapshot().manifest.inputs().count == 2)
  }

  @Test func nothingStorableCommitsNothing() throws {
    let harness = try LoadHarness()
    let receipt = try harness.load([try harness.file("a.csv", LoadHarness.header + "x,y\n")])
    #expect(receipt.status == .failed)
    #expect(receipt.files[0].error?.code == .tooManyRejects)
    #expect(try harness.lake.snapshot().manifest.version == 0)
  }

  @Test(arguments: ["", "\n \n", LoadHarness.header, "\u{feff}" + LoadHarness.header + "\n\n"])
  func filesWithoutTripsAreValid(_ text: String) throws {
    let harness = try LoadHarness()
    let receipt = try harness.load([try harness.file("a.csv", text)])
    #expect(receipt.status == .committed)
    #expect(receipt.files[0].ledger.isBalanced)
    #expect(receipt.stored == 0)
    let lineEndCount = text.utf8.count { $0 == 0x0a }
    #expect(receipt.files[0].ledger.lines == UInt64(lineEndCount))
    #expect(try harness.lake.snapshot().manifest.fileCount == 0)
  }

  @Test func anInterruptedLoadLeavesNothing() throws {
    let harness = try LoadHarness()
    var options = LoadHarness.options(threadCount: 2, chunkByteCount: 64)
    options.isInterrupted = { true }
    let path = try harness.file("a.csv", LoadHarness.header + LoadHarness.prague)
    let error = #expect(throws: IngestError.self) { try harness.load([path], options) }
    #expect(error?.code == .interrupted)
    #expect(try harness.lake.snapshot().manifest.version == 0)
    #expect(try harness.lake.verify().orphans.isEmpty)
  }

  @Test func absentDestinationsAndSpellingsAreKept() throws {
    let harness = try LoadHarness()
    let text =
      LoadHarness.header
      + "Nuuk,SRID=4326;point(-51.7 64.17),,2018-12-31T23:59:59.5Z,\"a \"\"b\"\"\"\r\n"
    let receipt = try harness.load([try harness.file("a.csv", text)])
    #expect(receipt.stored == 1)
    let file = try harness.lake.snapshot().manifest.entries()[0]
    #expect(file.key.week == ISOWeek(year: 2019, week: 1))
    #expect(file.statistics.destinationCount == 0)
    #expect(file.statistics.sources.map(\.name) == ["a \"b\""])
    #expect(file.statistics.firstTime == 1_546_300_799_500_000)
  }
}
