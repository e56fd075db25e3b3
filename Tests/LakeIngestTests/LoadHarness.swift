import Glibc
import LakeBytes
import LakeFile
import LakeStore
import LakeTestSupport
import Testing
import TripModel

@testable import LakeIngest

/// A lake in a temporary folder, and files to load into it.
final class LoadHarness {
  static let header = "region,origin_coord,destination_coord,datetime,datasource\n"
  static let prague =
    "Prague,POINT (14.4973794438195 50.00136875782316),POINT (14.43109483523328 50.04052930943246),"
    + "2018-05-28 09:03:40,funny_car\n"
  static let turin =
    "Turin,POINT (7.672837913286881 44.9957109242058),POINT (7.720368637535126 45.06782385393849),"
    + "2018-05-21 02:54:04,baba_car\n"

  let folder: TemporaryFolder
  let lake: Lake

  init() throws {
    folder = TemporaryFolder()
    lake = try Lake.create(
      at: folder.path + "/lake",
      settings: LakeSettings(zoneName: "UTC", zoneData: TimeZoneRules.utcFile))
  }

  /// Writes a file and returns its path.
  func file(_ name: String, _ text: String) throws -> String {
    try file(name, Array(text.utf8))
  }

  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = folder.path + "/" + name
    let file = try #require(fopen(path, "w"))
    defer { fclose(file) }
    #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    return path
  }

  static func options(
    threadCount: Int = 1, rowLimit: Int = 1 << 20, fileRowLimit: Int = 1 << 20,
    chunkByteCount: Int = 1 << 20
  ) -> LoadOptions {
    var options = LoadOptions(
      memory: MemoryBudget(rowLimit: rowLimit, fileRowLimit: fileRowLimit),
      threadCount: threadCount)
    options.chunkByteCount = chunkByteCount
    return options
  }

  func load(_ paths: [String], _ options: LoadOptions = LoadHarness.options()) throws -> LoadReceipt
  {
    try LoadJob(lake: lake, paths: paths, options: options).run()
  }

  /// The digests of all trip files of the newest version, as a sorted list: what is in the lake, whatever the
  /// files are called.
  func footers() throws -> [String] {
    try lake.snapshot().manifest.entries().map(\.footerDigest.hexadecimal).sorted()
  }

  func rowHashSum() throws -> Digest128 { try lake.snapshot().manifest.totals.rowHashSum }

  func rowCount() throws -> UInt64 { try lake.snapshot().manifest.totals.rowCount }

  /// The text of the rejects file of a receipt.
  func rejects(_ receipt: LoadReceipt) throws -> String {
    try text(of: try #require(receipt.rejectReport))
  }

  func text(of report: ReportReference) throws -> String {
    let file = try #require(fopen(lake.path + "/" + report.path.text, "r"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(byte)) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
