import LakeBytes
import LakeStore
import LakeTestSupport
import Testing
import TripModel

@testable import LakeIngest

/// Input as it comes, with its traps. Each file gives the stated result wherever chunks are cut, with one thread and
/// with two.
@Suite("Traps of input files")
struct InputTrapTests {
  struct Trap: CustomTestStringConvertible, Sendable {
    let name: String
    let bytes: [UInt8]
    /// records, header, blank, comment, stored, rejected
    let ledger: [UInt64]
    /// Codes and lines of the rejects.
    let rejects: [String]
    var error: IngestError.Code?

    var testDescription: String { name }

    init(
      _ name: String, _ text: String, _ ledger: [UInt64], _ rejects: [String] = [],
      error: IngestError.Code? = nil
    ) {
      self.init(name, bytes: Array(text.utf8), ledger, rejects, error: error)
    }

    init(
      _ name: String, bytes: [UInt8], _ ledger: [UInt64], _ rejects: [String] = [],
      error: IngestError.Code? = nil
    ) {
      self.name = name
      self.bytes = bytes
      self.ledger = ledger
      self.rejects = rejects
      self.error = error
    }
  }

  private static let header = "region,origin_coord,destination_coord,datetime,datasource\n"

  private static func row(
    _ region: String = "Prague", origin: String = "POINT (14.5 50)",
    time: String = "2018-05-28 09:03:40", end: String = "\n"
  ) -> String {
    "\(region),\(origin),,\(time),car\(end)"
  }

  private static func bytes(_ parts: [UInt8]...) -> [UInt8] { Array(parts.joined()) }

  private static let head = Array(header.utf8)
  private static let good = Array(row().utf8)

  static let text: [Trap] = [
    Trap("a byte order mark", "\u{feff}" + header + row(), [2, 1, 0, 0, 1, 0]),
    Trap(
      "UTF-16", bytes: [0xff, 0xfe] + header.utf16.flatMap { [UInt8($0), 0] },
      [0, 0, 0, 0, 0, 0], error: .unsupportedText),
    Trap("CRLF", (header + row() + row()).replacing("\n", with: "\r\n"), [3, 1, 0, 0, 2, 0]),
    Trap("a lone CR", (header + row() + row()).replacing("\n", with: "\r"), [3, 1, 0, 0, 2, 0]),
    Trap(
      "mixed line ends and no final one",
      header + row(end: "\r\n") + row(end: "\r") + row(end: "\n") + row(end: ""),
      [5, 1, 0, 0, 4, 0]),
    Trap(
      "a NUL byte in a field", bytes: bytes(head, good, Array("Pra\0gue".utf8) + good.dropFirst(6)),
      [3, 1, 0, 0, 1, 1], ["TL-2011 3"]),
    Trap(
      "a NUL byte between rows", bytes: bytes(head, good, [0, 0x0a], good),
      [4, 1, 0, 0, 2, 1], ["TL-2021 3"]),
    Trap(
      "invalid UTF-8: cut, overlong, a surrogate",
      bytes: bytes(
        head, good, [0xc3] + good.dropFirst(6), [0xc0, 0xaf] + good.dropFirst(6),
        [0xed, 0xa0, 0x80] + good.dropFirst(6), good),
      [6, 1, 0, 0, 2, 3], ["TL-2011 3", "TL-2011 4", "TL-2011 5"]),
    Trap(
      "a quote that is never closed", header + row() + "\"" + row() + row(),
      [4, 1, 0, 0, 2, 1], ["TL-2023 3"]),
    Trap(
      "quoted line ends, doubled quotes, a quote within a field",
      header + "\"Pra\n\"\"gue\"\"\"" + row().dropFirst(6) + row("a\"b"), [3, 1, 0, 0, 2, 0]),
    Trap(
      "text behind a closing quote", header + "\"Prague\"x" + row().dropFirst(6) + row(),
      [3, 1, 0, 0, 1, 1], ["TL-2022 2"]),
    Trap(
      "too few and too many fields", header + "a,b\n" + row() + row(end: ",x\n"),
      [4, 1, 0, 0, 1, 2], ["TL-2021 2", "TL-2021 4"]),
    Trap(
      "a name that stands twice", "region," + header + "a," + row(), [0, 0, 0, 0, 0, 0],
      error: .duplicateColumn),
    Trap(
      "a name that is missing", header.replacing("datetime", with: "when") + row(),
      [0, 0, 0, 0, 0, 0], error: .missingColumn),
    Trap(
      "columns in another order",
      "datasource,datetime,destination_coord,origin_coord,region\n"
        + "car,2018-05-28 09:03:40,,POINT (1 2),Prague\n", [2, 1, 0, 0, 1, 0]),
    Trap("nothing", "", [0, 0, 0, 0, 0, 0]),
    Trap("a header alone", header, [1, 1, 0, 0, 0, 0]),
    Trap("blank lines alone", "\n \t\r\n\r\n", [3, 0, 3, 0, 0, 0]),
    Trap("blank lines between", "\n" + header + "\n" + row() + "  \n" + row(), [6, 1, 3, 0, 2, 0]),
    Trap(
      "fields that a spreadsheet takes for formulas", header + row("=1+1") + row("@x") + row("-a"),
      [4, 1, 0, 0, 3, 0]),
  ]

  static let values: [Trap] = [
    Trap(
      "what is no number",
      header
        + ["nan", "inf", "0x1p3", "1e400", "1,5", "1_0", "--1", "", "."].map {
          row(origin: "\"POINT (\($0) 50)\"")
        }.joined(), [10, 1, 0, 0, 0, 9], (2...10).map { "TL-2031 \($0)" }),
    Trap(
      "what is one",
      header
        + [".5", "5.", "+5", "1e1", "-0", "007"].map { row(origin: "POINT (\($0) 50)") }.joined(),
      [7, 1, 0, 0, 6, 0]),
    Trap(
      "edges of the world",
      header
        + ["180 90", "-180 -90", "180.0000001 0", "0 90.0000001", "-181 0", "50 401"].map {
          row(origin: "POINT (\($0))")
        }.joined(), [7, 1, 0, 0, 2, 4], (4...7).map { "TL-2032 \($0)" }),
    Trap(
      "times that are none",
      header
        + [
          "2018-05-28 24:00:00", "2018-05-28 23:59:60", "2019-02-29 00:00:00",
          "1900-02-29 00:00:00", "0000-01-01 00:00:00", "+10000-01-01 00:00:00",
          "2018-13-01 00:00:00", "2018-05-32 00:00:00", "28.5.2018 09:03", "",
        ].map { row(time: $0) }.joined(),
      [11, 1, 0, 0, 0, 10], (2...11).map { "TL-2041 \($0)" }),
    Trap(
      "times that are some",
      header
        + [
          "2020-02-29 23:59:59.999999", "9999-12-31 23:59:59", "0001-01-01 00:00:00",
          "1969-12-31T23:59:59.5Z", "2018-05-28 09:03:40+05:30", "2018-05-28 09:03:40 UTC",
          "  2018-05-28 09:03:40\t",
        ].map { row(time: $0) }.joined(), [8, 1, 0, 0, 7, 0]),
  ]

  private struct Outcome: Equatable {
    let status: FileReceipt.Status
    let error: IngestError.Code?
    let ledger: InputLedger
    let rejects: [String]
    let rows: String
  }

  private func outcome(
    of path: String, threadCount: Int, chunkByteCount: Int
  ) throws -> Outcome {
    let harness = try LoadHarness()
    var options = LoadHarness.options(threadCount: threadCount, chunkByteCount: chunkByteCount)
    options.errorLimit = .percent(100)
    options.definitions = .fixed(.trips)
    let receipt = try harness.load([path], options)
    let file = receipt.files[0]
    #expect(file.ledger.isBalanced)
    return Outcome(
      status: file.status, error: file.error?.code, ledger: file.ledger,
      rejects: receipt.rejectSamples.map { "TL-\($0.code.rawValue) \($0.line)" },
      rows: try harness.rowHashSum().hexadecimal)
  }

  @Test(arguments: text + values)
  func everyChunkBorderGivesTheStatedResult(_ trap: Trap) throws {
    let harness = try LoadHarness()
    let path = try harness.file("trap.csv", trap.bytes)
    let whole = try outcome(of: path, threadCount: 1, chunkByteCount: 1 << 20)
    #expect(
      [
        whole.ledger.records, whole.ledger.header, whole.ledger.blank, whole.ledger.comment,
        whole.ledger.stored, whole.ledger.rejected,
      ] == trap.ledger)
    #expect(whole.rejects == trap.rejects)
    let isSpoilt = trap.ledger[4] == 0 && trap.ledger[5] > 0
    #expect(whole.error == trap.error ?? (isSpoilt ? .noStorableRow : nil))
    for chunkByteCount in 1...max(1, min(trap.bytes.count, 110)) {
      let threadCount = 1 + chunkByteCount % 2
      let pieces = try outcome(of: path, threadCount: threadCount, chunkByteCount: chunkByteCount)
      #expect(pieces == whole, "\(trap.name), chunks of \(chunkByteCount), \(threadCount) threads")
    }
  }

  /// Weeks at the turn of the year, and before 1970; and the region's bytes as they came.
  @Test(arguments: [
    ("2018-12-31 00:00:00", "2019-W01"), ("2021-01-03 23:59:59", "2020-W53"),
    ("2016-01-03 12:00:00", "2015-W53"), ("2024-12-30 00:00:00", "2025-W01"),
    ("2027-01-01 00:00:00", "2026-W53"), ("1969-12-28 23:59:59.999999", "1969-W52"),
    ("1969-12-29 00:00:00", "1970-W01"),
  ])
  func weeksAreTheCalendars(_ time: String, _ week: String) throws {
    let harness = try LoadHarness()
    let path = try harness.file("trips.csv", Self.header + Self.row(time: time))
    _ = try harness.load([path])
    let key = try harness.lake.snapshot().manifest.key(ofFile: 0)
    #expect(key.week == ISOWeek(text: week))
  }

  @Test func regionsOfDifferentBytesAreDifferentRegions() throws {
    let names = [
      "..", ".", "../../etc", "/", "a/b", "a\\b", "%2F", "%2e%2e", "", " ", "-", "~", ".x", "é",
      "e\u{301}", "ß", "SS", "ss", "İ", "i", "CON", "con", "NUL", "dot.", "blank ", "\u{1b}[31m",
      "\u{202e}x", String(repeating: "x", count: 10_000),
    ]
    let harness = try LoadHarness()
    let text = Self.header + names.map { Self.row($0) }.joined()
    let path = try harness.file("trips.csv", text)
    let receipt = try harness.load([path])
    #expect(receipt.stored == UInt64(names.count))
    let manifest = try harness.lake.snapshot().manifest
    let regions = Set((0..<manifest.fileCount).map { manifest.key(ofFile: $0).region })
    #expect(regions == Set(names.map { ByteString($0) }))
  }
}
