enum ByteHistogramKernels {
  /// Whether some bytes repeat each other so much that a compressor may save a quarter: two of them taken by
  /// chance are equal at least once in 45 times (a collision entropy of five and a half bits or less; what a quarter
  /// leaves are six, and the compressor's own table takes the rest).
  static func promisesQuarter(_ bytes: Span<UInt8>) -> Bool {
    // Safe because a byte is always below 256.
    let collisions = withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 256) { counts in
      counts.initialize(repeating: 0)
      bytes.withUnsafeBufferPointer { bytes in
        for byte in bytes { counts[Int(byte)] &+= 1 }
      }
      return counts.reduce(0) { $0 + UInt64($1) * UInt64($1) }
    }
    let count = UInt64(bytes.count)
    return collisions * 45 >= count * count
  }
}
