internal import LakeBytes

/// How far a load has come, as events and people are told.
package struct ProgressReport: Hashable, Sendable {
  package enum Phase: String, Hashable, Sendable {
    case reading
    case writing
    case committing
  }

  package let phase: Phase
  /// The file being read.
  package let path: String
  /// Bytes of input that are accounted for.
  package let doneByteCount: UInt64
  /// Bytes of all inputs; `nil` where that is not known.
  package let totalByteCount: UInt64?
  /// How much of the whole load is done, from 0 to 1.
  package let share: Double?
  package let rowCount: UInt64
  /// Since the load began.
  package let seconds: Double
  /// Of the last seconds.
  package let bytesPerSecond: Double
  package let secondsLeft: Double?

  var members: [JSONMember] {
    [
      JSONMember("phase", .string(phase.rawValue)),
      JSONMember("path", .string(path)),
      JSONMember("done_bytes", .count(doneByteCount)),
      JSONMember("total_bytes", .count(totalByteCount)),
      JSONMember("share", .thousandths(share)),
      JSONMember("rows", .count(rowCount)),
      JSONMember("seconds", .thousandths(seconds)),
      JSONMember("bytes_per_second", .count(bytesPerSecond.isFinite ? Int(bytesPerSecond) : nil)),
      JSONMember("seconds_left", .thousandths(secondsLeft)),
    ]
  }
}
