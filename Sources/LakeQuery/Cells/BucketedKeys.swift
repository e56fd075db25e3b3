/// The group numbers of one file's rows by their high bits: what is left of a number fits into 16 bits.
struct BucketedKeys: Sendable {
  static let lowBitCount = 16

  /// The low bits of the rows, bucket by bucket.
  let lows: [UInt16]
  /// Where each bucket ends in `lows`.
  let ends: [UInt32]

  var bucketCount: Int { ends.count }

  static func bucketCount(groupCount: UInt64) -> Int {
    Int(clamping: (groupCount &- 1) >> UInt64(lowBitCount)) + 1
  }
}
