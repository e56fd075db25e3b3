/// Unchecked moves of bytes. Callers have checked every range.
package enum ByteKernels {
  /// Loads the little-endian number that begins at `offset`.
  ///
  /// Safe because the precondition keeps all of it inside `bytes`; an unaligned load is used.
  @inlinable
  package static func load<Number: FixedWidthInteger>(_ bytes: [UInt8], at offset: Int) -> Number {
    precondition(offset >= 0 && offset + Number.bitWidth / 8 <= bytes.count)
    return bytes.withUnsafeBytes { source in
      var number: Number = 0
      withUnsafeMutableBytes(of: &number) { target in
        target.copyMemory(
          from: UnsafeRawBufferPointer(rebasing: source[offset..<offset + target.count]))
      }
      return Number(littleEndian: number)
    }
  }

  /// Loads `count` little-endian numbers that begin at `offset`.
  ///
  /// Safe because the precondition keeps the whole range inside `bytes`; unaligned loads are used.
  @inlinable
  package static func loadArray<Number: FixedWidthInteger>(
    _ bytes: [UInt8], at offset: Int, count: Int
  ) -> [Number] {
    let width = Number.bitWidth / 8
    precondition(offset >= 0 && count >= 0 && offset + count * width <= bytes.count)
    return [Number](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      bytes.withUnsafeBytes { source in
        guard let from = source.baseAddress, let to = buffer.baseAddress else { return }
        UnsafeMutableRawPointer(to).copyMemory(from: from + offset, byteCount: count * width)
      }
      #if _endian(big)
        for index in 0..<count { buffer[index] = Number(littleEndian: buffer[index]) }
      #endif
      initializedCount = count
    }
  }
}
