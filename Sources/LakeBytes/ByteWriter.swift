/// Appends little-endian numbers and bytes to a growing buffer.
package struct ByteWriter: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init(reserving byteCount: Int = 0) {
    bytes.reserveCapacity(byteCount)
  }

  package var count: Int { bytes.count }

  @specialized(where Number == UInt16)
  @specialized(where Number == UInt32)
  @specialized(where Number == UInt64)
  @specialized(where Number == Int64)
  package mutating func append<Number: FixedWidthInteger>(_ number: Number) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  package mutating func append(_ number: Double) {
    append(number.bitPattern)
  }

  package mutating func append(contentsOf other: [UInt8]) {
    bytes.append(contentsOf: other)
  }

  package mutating func append(contentsOf other: ArraySlice<UInt8>) {
    bytes.append(contentsOf: other)
  }

  /// Appends each number of `numbers`, little-endian, without a count.
  @specialized(where Number == UInt32)
  @specialized(where Number == UInt64)
  package mutating func append<Number: FixedWidthInteger>(array numbers: [Number]) {
    for number in numbers { append(number) }
  }

  package mutating func append(_ digest: Digest128) {
    append(digest.low)
    append(digest.high)
  }

  /// Appends zero bytes until the count is a multiple of `alignment`.
  package mutating func pad(to alignment: Int) {
    while bytes.count % alignment != 0 { bytes.append(0) }
  }

  /// Replaces the number at `offset`, which was written before.
  package mutating func overwrite<Number: FixedWidthInteger>(_ number: Number, at offset: Int) {
    withUnsafeBytes(of: number.littleEndian) { source in
      for (index, byte) in source.enumerated() { bytes[offset + index] = byte }
    }
  }
}
