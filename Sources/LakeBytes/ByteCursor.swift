/// Reads little-endian numbers from untrusted bytes, front to back; reading past the end throws.
package struct ByteCursor {
  @usableFromInline package let bytes: [UInt8]
  /// What is added to an offset in `bytes` to give the offset reported in errors.
  private let base: Int
  private let end: Int
  package private(set) var position: Int

  /// - Parameter base: The offset of `bytes[0]` in the file, for errors.
  package init(_ bytes: [UInt8], base: Int = 0) {
    self.bytes = bytes
    self.base = base
    end = bytes.count
    position = 0
  }

  /// - Throws: `ByteError.truncated` where `range` does not lie in `bytes`.
  package init(_ bytes: [UInt8], range: Range<Int>, base: Int = 0) throws(ByteError) {
    guard range.lowerBound >= 0, range.upperBound <= bytes.count else {
      throw ByteError(.truncated, at: base + bytes.count, "a section lies beyond the end")
    }
    self.bytes = bytes
    self.base = base
    end = range.upperBound
    position = range.lowerBound
  }

  package var remaining: Int { end - position }

  /// The offset of the next byte in the file.
  @usableFromInline package var offset: Int { base + position }

  // Other modules would call generic code, in which each number takes hundreds of instructions, and the first of a kind a
  // search for what it can do; those that files hold have their own.

  package mutating func read(_ type: UInt8.Type) throws(ByteError) -> UInt8 { try readNumber() }
  package mutating func read(_ type: UInt16.Type) throws(ByteError) -> UInt16 { try readNumber() }
  package mutating func read(_ type: UInt32.Type) throws(ByteError) -> UInt32 { try readNumber() }
  package mutating func read(_ type: UInt64.Type) throws(ByteError) -> UInt64 { try readNumber() }
  package mutating func read(_ type: Int32.Type) throws(ByteError) -> Int32 { try readNumber() }
  package mutating func read(_ type: Int64.Type) throws(ByteError) -> Int64 { try readNumber() }

  @inline(__always)
  mutating func readNumber<Number: FixedWidthInteger>() throws(ByteError) -> Number {
    let start = try advance(by: Number.bitWidth / 8)
    return ByteKernels.load(bytes, at: start)
  }

  package mutating func readDouble() throws(ByteError) -> Double {
    Double(bitPattern: try read(UInt64.self))
  }

  package mutating func readDigest() throws(ByteError) -> Digest128 {
    let low = try read(UInt64.self)
    let high = try read(UInt64.self)
    return Digest128(high: high, low: low)
  }

  package mutating func readBytes(count: Int) throws(ByteError) -> [UInt8] {
    let start = try advance(by: count)
    return Array(bytes[start..<start + count])
  }

  /// Reads `count` numbers. The memory asked for never exceeds the bytes that are there.
  @inlinable
  package mutating func readArray<Number: FixedWidthInteger>(
    of type: Number.Type = Number.self, count: Int
  ) throws(ByteError) -> [Number] {
    let width = Number.bitWidth / 8
    let (byteCount, overflow) = count.multipliedReportingOverflow(by: width)
    guard !overflow else {
      throw ByteError(.outOfRange, at: offset, "a count of \(count) is too large")
    }
    let start = try advance(by: byteCount)
    return ByteKernels.loadArray(bytes, at: start, count: count)
  }

  /// Moves on by `count` bytes and returns the position before.
  @usableFromInline
  package mutating func advance(by count: Int) throws(ByteError) -> Int {
    guard count >= 0, count <= remaining else {
      throw ByteError(
        .truncated, at: offset, "\(count) bytes are expected, \(remaining) are left")
    }
    defer { position += count }
    return position
  }
}
