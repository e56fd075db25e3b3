import LakeBytes
import LakeFile
package import LakeStore
import TripModel

/// Made-up manifests of any size.
package enum StoreManifests {
  private static let regionCount = 24

  /// A change that adds `fileCount` trip files in 24 regions, with an input and a load.
  package static func change(fileCount: Int) -> ManifestChange {
    let id = TransactionID(high: 0x1234, low: 0x5678)
    let files = (0..<fileCount).map { number in
      StagedDataFile(
        key: StoreSamples.key(
          "Region \(number % regionCount)", week: 2500 + Int32(number / regionCount)),
        number: UInt32(number), transaction: id,
        footerDigest: Digest128(high: 9, low: UInt64(number)),
        statistics: statistics(UInt64(number)))
    }
    let report = ReportReference(
      kind: .rejects, transaction: id, byteCount: 12, digest: Digest128(high: 3, low: 4))
    return ManifestChange(
      added: files, inputs: [StoreSamples.input(1, stored: 10)],
      load: LoadRecord(
        transaction: id, startTime: 1_543_000_000_000_000, endTime: 1_543_000_001_000_000,
        stored: 10, rejected: 1, duplicates: 0, reports: [report]))
  }

  private static func statistics(_ seed: UInt64) -> TripFileStatistics {
    var random = SeededRandom(seed: seed)
    let rowCount = Int(random.next() % 10_000) + 10
    let names: [ByteString] = ["baba_car", "cheap_mobile", "funny_car", "pt_search_app"]
    return TripFileStatistics(
      rowCount: rowCount, byteCount: rowCount * 26,
      rowHashSum: Digest128(high: random.next(), low: random.next()),
      firstTime: 1_500_000_000_000_000, lastTime: 1_500_000_600_000_000,
      originExtent: CoordinateExtent(minX: 14.1, minY: 50, maxX: 14.7, maxY: 50.2),
      destinationExtent: CoordinateExtent(minX: 14, minY: 49.9, maxX: 14.8, maxY: 50.3),
      destinationCount: rowCount,
      sources: names.map { name in
        SourceStatistics(
          name: name, rowCount: rowCount / 4, firstTime: 1_500_000_000_000_000,
          lastTime: 1_500_000_500_000_000)
      }, areSourcesComplete: true)
  }
}

/// Puts right checksums on wrong bytes, as a hostile writer would.
package enum ManifestForgery {
  private static let directoryStart = 88

  /// Where a section of an intact manifest begins.
  ///
  /// - Precondition: It has the section.
  package static func start(ofSection kind: UInt8, in manifest: [UInt8]) -> Int {
    let entries = stride(from: directoryStart, to: manifest.count, by: 40)
    guard let entry = entries.first(where: { manifest[$0] == kind }),
      let start = number(manifest, entry + 8)
    else { preconditionFailure("the manifest has the section") }
    return start
  }

  /// Recomputes the digests of sections, directory and header of a manifest whose layout is intact.
  package static func seal(_ manifest: [UInt8]) -> [UInt8] {
    var bytes = manifest
    let sectionCount = Int(bytes[10]) | Int(bytes[11]) << 8
    for index in 0..<sectionCount {
      let entry = directoryStart + 40 * index
      guard let start = number(bytes, entry + 8), let count = number(bytes, entry + 16),
        start <= bytes.count, count <= bytes.count - start
      else { continue }
      put(Checksum.xxh3_128(bytes, range: start..<start + count), &bytes, entry + 24)
    }
    let directoryEnd = min(directoryStart + 40 * sectionCount, bytes.count)
    put(Checksum.xxh3_128(bytes, range: directoryStart..<directoryEnd), &bytes, 64)
    put(Checksum.xxh3_64(bytes, range: 0..<80), &bytes, 80)
    return bytes
  }

  private static func number(_ bytes: [UInt8], _ offset: Int) -> Int? {
    var value: UInt64 = 0
    for index in (0..<8).reversed() { value = value << 8 | UInt64(bytes[offset + index]) }
    return Int(exactly: value)
  }

  private static func put(_ digest: Digest128, _ bytes: inout [UInt8], _ offset: Int) {
    put(digest.low, &bytes, offset)
    put(digest.high, &bytes, offset + 8)
  }

  private static func put(_ value: UInt64, _ bytes: inout [UInt8], _ offset: Int) {
    for index in 0..<8 { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index)) }
  }
}
