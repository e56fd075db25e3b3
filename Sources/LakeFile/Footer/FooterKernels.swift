/// Loads of numbers that lie anywhere in the bytes of a footer.
///
/// Safe because each is checked to lie inside the bytes; unaligned loads are used.
enum FooterKernels {
  static func number(_ bytes: [UInt8], at offset: Int) -> UInt32 {
    precondition(offset >= 0 && offset + 4 <= bytes.count)
    return bytes.withUnsafeBytes {
      UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
  }

  static func word(_ bytes: [UInt8], at offset: Int) -> UInt64 {
    precondition(offset >= 0 && offset + 8 <= bytes.count)
    return bytes.withUnsafeBytes {
      UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
  }
}
