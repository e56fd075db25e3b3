import Glibc
import LakeBytes
import LakeStore
import LakeTestSupport
import Testing
import TripModel

@testable import LakeNotify

/// An empty lake in a folder of its own, and its files.
final class NotifyLake: Sendable {
  let folder = TemporaryFolder()
  let lake: Lake

  init() throws {
    lake = try Lake.create(
      at: folder.path + "/lake",
      settings: LakeSettings(zoneName: "UTC", zoneData: TimeZoneRules.utcFile))
  }

  func events(since: EventID? = nil) throws -> [LakeEvent] {
    var reader = try EventReader(EventLog(lake), since: since)
    var events: [LakeEvent] = []
    while case let more = try reader.next(), !more.isEmpty { events += more }
    return events
  }

  /// Commits a load of one input, as ingest does.
  @discardableResult
  func commit(_ path: String, rejected: UInt64 = 0) throws -> UInt64 {
    let transaction = try lake.begin()
    var ledger = InputLedger()
    ledger.header = 1
    ledger.stored = 10
    ledger.rejected = rejected
    ledger.records = 11 + rejected
    ledger.lines = 11 + rejected
    let input = InputRecord(
      identity: Digest128(high: 1, low: UInt64(path.utf8.reduce(0) { $0 &* 31 &+ Int($1) })),
      byteCount: 1000, path: ByteString(path), ledger: ledger, headDigest: .zero,
      definition: "trips")
    let record = LoadRecord(
      transaction: transaction.id, startTime: 1_000_000, endTime: 3_500_000, stored: 10,
      rejected: rejected, duplicates: 0)
    return try transaction.commit { _ in ManifestChange(inputs: [input], load: record) }.load
  }

  func text(_ name: String) -> String { String(decoding: bytes(name), as: UTF8.self) }

  func bytes(_ name: String) -> [UInt8] {
    guard let file = fopen("\(lake.path)/\(name)", "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(byte)) }
    return bytes
  }

  func write(_ name: String, _ bytes: [UInt8]) {
    guard let file = fopen("\(lake.path)/\(name)", "w") else { preconditionFailure(name) }
    defer { fclose(file) }
    precondition(fwrite(bytes, 1, bytes.count, file) == bytes.count)
  }
}
