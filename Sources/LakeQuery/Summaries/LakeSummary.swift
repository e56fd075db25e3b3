package import TripModel

/// What a lake holds, at a glance; from the manifest alone.
package struct LakeSummary: Hashable, Sendable {
  package let snapshot: UInt64
  package let rowCount: Int
  package let fileCount: Int
  package let partitionCount: Int
  package let byteCount: Int
  /// In byte order.
  package let regions: [ByteString]
  /// Microseconds since 1970-01-01 UTC; `nil` in an empty lake.
  package let firstTime: Int64?
  package let lastTime: Int64?
  package let zoneName: ByteString
}
