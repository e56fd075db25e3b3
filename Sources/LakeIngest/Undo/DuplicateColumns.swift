internal import LakeStore
internal import TripModel

/// What the header of a duplicates report says of the records under it.
struct DuplicateColumns {
  /// The load that dropped the record, where it is not the report's own.
  let owner: Int?
  let path: Int
  let line: Int
  let firstLoad: Int
  let region: Int
  let origin: Int
  let destination: Int
  let time: Int
  let source: Int
  let extras: [(field: Int, column: ColumnDefinition)]
  /// Where the trip begins; places stand before it.
  let tripStart: Int
  let names: [[UInt8]]

  static let ownerName = "duplicate_load"
  private static let roles = [
    "duplicate_file", "duplicate_line", "first_load", "region", "origin_coord",
    "destination_coord", "datetime", "datasource",
  ]

  /// `nil` where the record is no header.
  ///
  /// - Throws: `IngestError.unreadableReport` where the lake has no column of a name.
  init?(_ record: [[UInt8]], schema: TripSchema) throws(IngestError) {
    guard record.contains(Array("duplicate_file".utf8)),
      record.contains(Array("duplicate_line".utf8))
    else { return nil }
    let places = Self.roles.map { name in record.firstIndex(of: Array(name.utf8)) }
    let found = places.compactMap(\.self)
    guard found.count == Self.roles.count else { throw Self.unreadable("its header is another") }
    (path, line, firstLoad, region) = (found[0], found[1], found[2], found[3])
    (origin, destination, time, source) = (found[4], found[5], found[6], found[7])
    owner = record.firstIndex(of: Array(Self.ownerName.utf8))
    tripStart = region
    names = record
    var extras: [(field: Int, column: ColumnDefinition)] = []
    for field in record.indices where field > source {
      guard let column = schema.column(named: ByteString(bytes: record[field])) else {
        throw Self.unreadable(
          "the lake has no column \(ByteString(bytes: record[field]).displayText)")
      }
      extras.append((field, column))
    }
    self.extras = extras
  }

  static func unreadable(_ reason: String) -> IngestError {
    IngestError(.unreadableReport, "a report of duplicates cannot be read back: \(reason)")
  }
}
