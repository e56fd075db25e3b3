/// The text of an input file: its bytes, or what they decompress to.
///
/// Knows the identity of the bytes as they stand in the file.
final class InputText {
  /// Compressed bytes read at a time.
  private static let pieceByteCount = 1 << 18
  /// Past so much text, more than `ratioLimit` times the bytes read is taken for a bomb.
  static let bombByteCount = 64 << 20
  static let ratioLimit = 500

  /// Bytes of text given out.
  private var byteCount = 0

  private let file: InputFile
  private let decoder: (any InputDecoder)?
  private var builder = InputIdentityBuilder()
  /// Bytes of the file that are read and not yet given out or decoded.
  private let pending: UnsafeMutableRawBufferPointer
  private var pendingRange = 0..<0
  private var isFileAtEnd = false

  /// - Throws: `IngestError.inputUnreadable`.
  init(_ file: InputFile) throws(IngestError) {
    self.file = file
    pending = .allocate(byteCount: Self.pieceByteCount, alignment: 64)
    var head = 0
    do throws(IngestError) {
      // A pipe may give its first bytes one by one.
      while head < InputCompression.magicByteCount, let base = pending.baseAddress {
        let count = try file.read(
          into: base + head, count: InputCompression.magicByteCount - head)
        if count == 0 { break }
        head += count
      }
    } catch {
      pending.deallocate()
      throw error
    }
    builder.add(UnsafeRawBufferPointer(rebasing: pending[..<head]))
    pendingRange = 0..<head
    decoder = InputCompression(head: Array(pending[..<head])).decoder
  }

  deinit {
    pending.deallocate()
  }

  var path: String { file.path }

  var isCompressed: Bool { decoder != nil }

  /// Bytes of the file read so far.
  var readByteCount: Int { builder.byteCount }

  /// The identity of all bytes read; of the whole file once its text is at its end.
  func identity() -> InputIdentity { builder.identity() }

  /// Reads up to `count` bytes of text; 0 at the end.
  ///
  /// - Throws: `IngestError`, among them `.damagedCompression` for data that are cut, damaged, or a bomb, and
  ///   `.inputChanged` at the end of a file that is not as it was.
  func read(into target: UnsafeMutableRawPointer, count: Int) throws(IngestError) -> Int {
    let made: Int
    if let decoder {
      made = try decode(decoder, UnsafeMutableRawBufferPointer(start: target, count: count))
    } else {
      made = try pass(UnsafeMutableRawBufferPointer(start: target, count: count))
    }
    byteCount += made
    if made == 0 { try file.checkUnchanged(bytesRead: builder.byteCount) }
    return made
  }

  /// Uncompressed bytes go straight to the target.
  private func pass(_ target: UnsafeMutableRawBufferPointer) throws(IngestError) -> Int {
    guard let base = target.baseAddress, target.count > 0 else { return 0 }
    if !pendingRange.isEmpty {
      let head = pending[pendingRange].prefix(target.count)
      target.copyBytes(from: head)
      pendingRange = pendingRange.lowerBound + head.count..<pendingRange.upperBound
      return head.count
    }
    let count = try file.read(into: base, count: target.count)
    builder.add(UnsafeRawBufferPointer(start: base, count: count))
    return count
  }

  private func decode(
    _ decoder: any InputDecoder, _ target: UnsafeMutableRawBufferPointer
  ) throws(IngestError) -> Int {
    while true {
      if pendingRange.isEmpty { try refill() }
      if pendingRange.isEmpty, decoder.isAtBorder { return 0 }
      let source = UnsafeRawBufferPointer(rebasing: pending[pendingRange])
      let taken: Int
      let made: Int
      do throws(IngestError) {
        (taken, made) = try decoder.decode(source, into: target)
      } catch {
        throw damage(error.message)
      }
      pendingRange = pendingRange.lowerBound + taken..<pendingRange.upperBound
      if byteCount + made > Self.bombByteCount,
        (byteCount + made) / Self.ratioLimit > builder.byteCount
      {
        throw damage("it grows to more than \(Self.ratioLimit) times its size")
      }
      if made > 0 { return made }
      if taken == 0, pendingRange.isEmpty, isFileAtEnd {
        throw damage("the file ends in the middle of its compressed data")
      }
    }
  }

  private func refill() throws(IngestError) {
    guard !isFileAtEnd, let base = pending.baseAddress else { return }
    let count = try file.read(into: base, count: pending.count)
    isFileAtEnd = count == 0
    builder.add(UnsafeRawBufferPointer(start: base, count: count))
    pendingRange = 0..<count
  }

  private func damage(_ reason: String) -> IngestError {
    IngestError(
      .damagedCompression,
      "\(file.path): \(reason), near byte \(builder.byteCount - pendingRange.count) of the file")
  }
}
