/// How far a load has come.
package struct LoadProgress: Sendable {
  package enum Phase: String, Sendable {
    case reading
    case writing
    case committing
  }

  package var phase: Phase
  /// The file being read.
  package var path: String
  /// Bytes of input that are accounted for.
  package var doneByteCount: UInt64
  package var rowCount: UInt64
  /// How much of the rows in memory is written, from 0 to 1; `nil` in other phases.
  package var writtenShare: Double?
}
