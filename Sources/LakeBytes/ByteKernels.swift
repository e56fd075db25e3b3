/// Unchecked moves of bytes. Callers have checked every range.
enum ByteKernels {
  /// Loads `count` little-endian numbers that begin at `offset`.
  ///
  /// Safe because the precondition keeps the whole range inside `bytes`; unaligned loads are used.
  static func loadArray<Number: FixedWidthInteger>(
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
