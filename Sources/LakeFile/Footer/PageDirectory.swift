internal import LakeBytes

/// The section `pages`: the length and the XXH3-64 of every page, block by block and in column order.
///
/// ```
///  0                                    4 · pages
///  +------------------------------------+---------------------------------------------+
///  | lengths, u32 each                  | checksums, u64 each                         |
///  +------------------------------------+---------------------------------------------+
/// ```
///
/// Pages lie end to end behind the header, so the lengths give their places.
/// Format: `formats/trip-file/v1.md`.
struct PageDirectory: Sendable {
  static let entryByteCount = 12

  /// Where each page begins, and at last where the pages end.
  private let offsets: [Int]
  private let bytes: [UInt8]
  /// Where the checksums begin in `bytes`.
  private let checksumPlace: Int

  func range(ofPage page: Int) -> Range<Int> { offsets[page]..<offsets[page + 1] }

  func checksum(ofPage page: Int) -> UInt64 {
    FooterKernels.word(bytes, at: checksumPlace + page * 8)
  }

  static func encode(lengths: [UInt32], checksums: [UInt64]) -> [UInt8] {
    var writer = ByteWriter(reserving: lengths.count * entryByteCount)
    writer.append(array: lengths)
    writer.append(array: checksums)
    return writer.bytes
  }

  /// - Parameter end: Where the pages must end: at the first section.
  init(decoding cursor: inout ByteCursor, pageCount: Int, end: Int) throws(ByteError) {
    let place = cursor.offset
    guard cursor.remaining / Self.entryByteCount == pageCount,
      cursor.remaining % Self.entryByteCount == 0
    else {
      throw ByteError(.outOfRange, at: place, "the page directory is not for \(pageCount) pages")
    }
    bytes = cursor.bytes
    let lengthPlace = try cursor.advance(by: pageCount * 4)
    checksumPlace = try cursor.advance(by: pageCount * 8)
    // Each length is below 2^32 and there are fewer pages than bytes in the file: no overflow.
    offsets = FooterKernels.places(
      ofLengths: bytes, at: lengthPlace, count: pageCount, from: FileFrame.headerByteCount)
    guard offsets[pageCount] == end else {
      throw ByteError(
        .outOfRange, at: place, "the pages end at \(offsets[pageCount]) and not at \(end)")
    }
  }
}
