internal import LakeBytes
internal import LakeFile

/// What a manifest says of its trip files for those who open or commit them: names, loads, digests. Proven as a whole; what is
/// answered from the manifest alone leaves it alone.
///
/// Format: `formats/manifest/v1.md`, "Trip files".
final class FileNames: Sendable {
  let transactionLows: FlatColumn<UInt64>
  let transactionHighs: FlatColumn<UInt64>
  let numbers: FlatColumn<UInt32>
  let byteOffsets: FlatColumn<UInt64>
  let loads: FlatColumn<UInt64>
  private let footerLows: FlatColumn<UInt64>
  private let footerHighs: FlatColumn<UInt64>
  private let hashSumLows: FlatColumn<UInt64>
  private let hashSumHighs: FlatColumn<UInt64>

  /// Those of no file.
  init() {
    (transactionLows, transactionHighs, byteOffsets, loads) = (.empty, .empty, .empty, .empty)
    numbers = .empty
    (footerLows, footerHighs, hashSumLows, hashSumHighs) = (.empty, .empty, .empty, .empty)
  }

  /// - Throws: `StoreError.damaged`, `.unsupportedFormat`, `.inputOutput`.
  init(
    reading sections: ManifestSections, count: Int, totals: ManifestTotals
  ) throws(StoreError) {
    var columns = try ColumnPlacer(sections, .fileNames, rowByteCount: 68, count: count)
    transactionLows = columns.next()
    transactionHighs = columns.next()
    numbers = columns.next()
    byteOffsets = columns.next()
    loads = columns.next()
    footerLows = columns.next()
    footerHighs = columns.next()
    hashSumLows = columns.next()
    hashSumHighs = columns.next()
    for file in 0..<count where byteOffsets[file] != 0 {
      throw FileColumns.newerFeature(file, sections.path)
    }
    let sum = (0..<count).reduce(Digest128.zero) { $0 &+ rowHashSum(ofFile: $1) }
    guard sum == totals.rowHashSum else { throw FileColumns.wrongTotals(sections.path) }
  }

  func transaction(ofFile file: Int) -> TransactionID {
    TransactionID(high: transactionHighs[file], low: transactionLows[file])
  }

  func name(ofFile file: Int) -> TripFileName {
    TripFileName(transaction: transaction(ofFile: file), number: numbers[file])
  }

  func footerDigest(ofFile file: Int) -> Digest128 {
    Digest128(high: footerHighs[file], low: footerLows[file])
  }

  func rowHashSum(ofFile file: Int) -> Digest128 {
    Digest128(high: hashSumHighs[file], low: hashSumLows[file])
  }
}
