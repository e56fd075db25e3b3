internal import LakeBytes

/// What a manifest says of its trip files, one column for each fact. Files ascend by region and week.
///
/// Format: `formats/manifest/v1.md`, "Trip files".
struct FileColumns: Sendable {
  static let hasOriginExtent: UInt8 = 1
  static let hasDestinationExtent: UInt8 = 2
  static let hasCompleteSources: UInt8 = 4
  static let knownFlags: UInt8 = 7

  var count = 0

  var regions = FlatColumn<UInt32>.empty
  var weeks = FlatColumn<Int32>.empty
  var specifications = FlatColumn<UInt16>.empty
  var flags = FlatColumn<UInt8>.empty

  var rowCounts = FlatColumn<UInt64>.empty
  var byteCounts = FlatColumn<UInt64>.empty
  var destinationCounts = FlatColumn<UInt64>.empty

  var firstTimes = FlatColumn<Int64>.empty
  var lastTimes = FlatColumn<Int64>.empty

  /// All of west, south, east and north of origins, then of destinations, as bits of doubles.
  var extents = FlatColumn<UInt64>.empty

  var transactionHighs = FlatColumn<UInt64>.empty
  var transactionLows = FlatColumn<UInt64>.empty
  var numbers = FlatColumn<UInt32>.empty
  var byteOffsets = FlatColumn<UInt64>.empty
  var loads = FlatColumn<UInt64>.empty
  var footerLows = FlatColumn<UInt64>.empty
  var footerHighs = FlatColumn<UInt64>.empty
  var hashSumLows = FlatColumn<UInt64>.empty
  var hashSumHighs = FlatColumn<UInt64>.empty

  /// One edge of an extent of a file.
  ///
  /// - Parameter edge: 0 to 3 of the origins', 4 to 7 of the destinations'.
  func extentEdge(_ edge: Int, ofFile file: Int) -> Double {
    Double(bitPattern: extents[edge * count + file])
  }
}
