enum FrameOfReferenceKernels {
  /// Replaces `quotients` by (word - reference) / divisor, which divides without a rest.
  static func quotients(
    _ words: Span<UInt64>, reference: UInt64, divisor: UInt64,
    into quotients: inout ColumnBuffer<UInt64>
  ) {
    quotients.removeAll()
    let exact = DivisibilityTest(divisor)
    // Safe because both pointers are followed for `words.count` elements, which both hold.
    quotients.appendUnsafe(upTo: words.count) { target in
      words.withUnsafeBufferPointer { source in
        if divisor == 1 {
          for index in 0..<source.count { target[index] = source[index] &- reference }
        } else {
          for index in 0..<source.count {
            target[index] = exact.quotient(ofMultiple: source[index] &- reference)
          }
        }
      }
      return words.count
    }
  }

  /// Replaces each quotient by reference + divisor · quotient.
  ///
  /// - Parameter width: Every quotient fits it.
  static func restore(
    _ words: inout ColumnBuffer<UInt64>, reference: UInt64, divisor: UInt64, width: Int = 64
  ) {
    // Safe because the closure writes inside the buffer alone.
    words.withUnsafeMutableBufferPointer { buffer in
      if divisor == 1 {
        for index in 0..<buffer.count { buffer[index] = buffer[index] &+ reference }
      } else if width <= 32, divisor >> 32 == 0 {
        // Vector instructions multiply halves of a word at once.
        let half: UInt64 = 0xffff_ffff
        for index in 0..<buffer.count {
          buffer[index] = (buffer[index] & half) &* (divisor & half) &+ reference
        }
      } else {
        for index in 0..<buffer.count { buffer[index] = buffer[index] &* divisor &+ reference }
      }
    }
  }
}
