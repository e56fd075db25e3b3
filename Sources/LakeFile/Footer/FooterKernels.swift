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

  /// Where each of some pieces begins that lie end to end, and where the last ends.
  ///
  /// - Parameters:
  ///   - offset: Where their lengths stand in `bytes`.
  ///   - start: Where the first begins; with the sum of all lengths, a number.
  static func places(
    ofLengths bytes: [UInt8], at offset: Int, count: Int, from start: Int
  ) -> [Int] {
    precondition(offset >= 0 && count >= 0 && offset + 4 * count <= bytes.count)
    return bytes.withUnsafeBytes { bytes in
      Array(unsafeUninitializedCapacity: count + 1) { places, filledCount in
        var place = start
        for index in 0..<count {
          places[index] = place
          place &+= Int(
            UInt32(
              littleEndian: bytes.loadUnaligned(
                fromByteOffset: offset &+ 4 &* index, as: UInt32.self)))
        }
        places[count] = place
        filledCount = count + 1
      }
    }
  }

  static func word(_ bytes: [UInt8], at offset: Int) -> UInt64 {
    precondition(offset >= 0 && offset + 8 <= bytes.count)
    return bytes.withUnsafeBytes {
      UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
  }
}
