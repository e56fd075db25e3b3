/// Reads the fields of a page's body from untrusted bytes, front to back.
struct PageCursor: ~Escapable {
  let bytes: Span<UInt8>
  private(set) var position: Int
  private let end: Int

  /// - Precondition: `start` lies inside `bytes`.
  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>, from start: Int) {
    precondition(start >= 0 && start <= bytes.count)
    self.bytes = bytes
    position = start
    end = bytes.count
  }

  var remaining: Int { end - position }

  mutating func readByte() throws(ColumnError) -> UInt8 {
    try expect(1)
    defer { position += 1 }
    return bytes[position]
  }

  mutating func readNumber<Number: FixedWidthInteger>(
    _ type: Number.Type
  ) throws(ColumnError) -> Number {
    let width = Number.bitWidth / 8
    try expect(width)
    var number: Number = 0
    for index in (0..<width).reversed() {
      number = number << 8 | Number(truncatingIfNeeded: bytes[position + index])
    }
    position += width
    return number
  }

  /// A width of 0 to 64 bits.
  mutating func readWidth() throws(ColumnError) -> Int {
    let place = position
    let width = try readByte()
    guard width <= 64 else {
      throw ColumnError(.outOfRange, at: place, "a width of \(width) bits")
    }
    return Int(width)
  }

  /// The place of the next `count` bytes, which are passed over.
  mutating func skip(_ count: Int) throws(ColumnError) -> Range<Int> {
    try expect(count)
    defer { position += count }
    return position..<position + count
  }

  /// Unpacks `count` values of `width` bits into `values`.
  ///
  /// - Precondition: `count` is at most 2^32 and `width` at most 64.
  mutating func unpack(
    count: Int, width: Int, into values: inout ColumnBuffer<UInt64>
  ) throws(ColumnError) {
    let range = try skipPacked(count: count, width: width)
    BitPacking.unpack(bytes.extracting(range), width: width, count: count, into: &values)
  }

  /// The place of `count` packed values of `width` bits, which are passed over.
  ///
  /// - Precondition: `count` is at most 2^32 and `width` at most 64.
  mutating func skipPacked(count: Int, width: Int) throws(ColumnError) -> Range<Int> {
    let range = try skip(BitPacking.byteCount(count: count, width: width))
    guard BitPacking.hasZeroPadding(bytes.extracting(range), width: width, count: count) else {
      throw ColumnError(.outOfRange, at: range.upperBound - 1, "bits after the last value")
    }
    return range
  }

  func expectEnd() throws(ColumnError) {
    guard remaining == 0 else {
      throw ColumnError(.wrongLength, at: position, "\(remaining) bytes too many")
    }
  }

  private func expect(_ count: Int) throws(ColumnError) {
    guard count >= 0, count <= remaining else {
      throw ColumnError(
        .wrongLength, at: position, "\(count) bytes are expected, \(remaining) are left")
    }
  }
}
