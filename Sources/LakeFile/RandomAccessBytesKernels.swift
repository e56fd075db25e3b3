extension RandomAccessBytes {
  /// The bytes of `range`.
  package func read(_ range: Range<Int>) throws -> [UInt8] {
    // Safe because `read` fills all of the destination or throws; bytes of no type need no initial value.
    try [UInt8](unsafeUninitializedCapacity: range.count) { buffer, initializedCount in
      var destination = MutableRawSpan(
        _unsafeBytes: UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[..<range.count]))
      try read(at: range.lowerBound, into: &destination)
      initializedCount = range.count
    }
  }
}
