internal import LakeBytes

/// What a manifest says of its trip files that every question uses, one column for each fact. Files ascend by region and
/// week.
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
}
