package import LakeBytes
package import TripModel

/// What is known of a trip file without reading its rows; the manifest keeps it.
package struct TripFileStatistics: Hashable, Sendable {
  /// Files with more sources than this name none.
  package static let sourceLimit = 64

  package var rowCount: Int
  package var byteCount: Int
  /// The sum of `RowHash` over all rows; it does not depend on their order.
  package var rowHashSum: Digest128
  /// Microseconds since 1970-01-01 UTC, as all times here.
  package var firstTime: Int64
  package var lastTime: Int64
  /// Over all origins; `nil`, and nothing is known, where a coordinate is NaN.
  package var originExtent: CoordinateExtent?
  /// The same over the rows that have a destination; also `nil` where none has.
  package var destinationExtent: CoordinateExtent?
  /// Rows that have a destination.
  package var destinationCount: Int
  /// In byte order of the names; empty where `areSourcesComplete` is false.
  package var sources: [SourceStatistics]
  /// Whether `sources` names every source of the file.
  package var areSourcesComplete: Bool

  package init(
    rowCount: Int, byteCount: Int, rowHashSum: Digest128, firstTime: Int64, lastTime: Int64,
    originExtent: CoordinateExtent?, destinationExtent: CoordinateExtent?, destinationCount: Int,
    sources: [SourceStatistics], areSourcesComplete: Bool
  ) {
    self.rowCount = rowCount
    self.byteCount = byteCount
    self.rowHashSum = rowHashSum
    self.firstTime = firstTime
    self.lastTime = lastTime
    self.originExtent = originExtent
    self.destinationExtent = destinationExtent
    self.destinationCount = destinationCount
    self.sources = sources
    self.areSourcesComplete = areSourcesComplete
  }
}

/// The rows of one source in a trip file.
package struct SourceStatistics: Hashable, Sendable {
  package var name: ByteString
  package var rowCount: Int
  package var firstTime: Int64
  package var lastTime: Int64

  package init(name: ByteString, rowCount: Int, firstTime: Int64, lastTime: Int64) {
    self.name = name
    self.rowCount = rowCount
    self.firstTime = firstTime
    self.lastTime = lastTime
  }
}
