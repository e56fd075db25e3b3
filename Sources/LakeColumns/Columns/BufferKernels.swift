enum BufferKernels {
  /// Appends all of `elements`.
  static func append<Element: BitwiseCopyable>(
    _ elements: Span<Element>, to buffer: inout ColumnBuffer<Element>
  ) {
    // Safe because the target has room for exactly the elements of the source.
    buffer.appendUnsafe(upTo: elements.count) { target in
      elements.withUnsafeBufferPointer { source in
        _ = target.update(fromContentsOf: source)
      }
      return elements.count
    }
  }

  /// Whether two runs of words are equal bit for bit.
  static func areEqual(_ left: Span<UInt64>, _ right: Span<UInt64>) -> Bool {
    guard left.count == right.count else { return false }
    // Safe because both pointers are followed for the count that both have.
    return left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        var difference: UInt64 = 0
        for index in 0..<left.count { difference |= left[index] ^ right[index] }
        return difference == 0
      }
    }
  }
}

extension ColumnBuffer where Element == UInt8 {
  /// A copy of some bytes as an array.
  ///
  /// - Precondition: `range` lies inside the buffer.
  package func bytes(in range: Range<Int>) -> [UInt8] {
    withUnsafeBufferPointer { Array($0[range]) }
  }

  package mutating func append(contentsOf bytes: Span<UInt8>) {
    BufferKernels.append(bytes, to: &self)
  }
}

extension ColumnBuffer where Element == UInt64 {
  /// Whether the words are equal bit for bit to `other`.
  package func isEqual(to other: Span<UInt64>) -> Bool {
    BufferKernels.areEqual(span, other)
  }

  package mutating func append(contentsOf words: Span<UInt64>) {
    BufferKernels.append(words, to: &self)
  }
}
