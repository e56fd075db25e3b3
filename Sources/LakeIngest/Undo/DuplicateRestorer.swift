internal import LakeBytes
internal import LakeFile
internal import LakeStore
internal import TripModel

/// Finds the trips that later loads dropped as duplicates of a load that is being undone, and stores them: the
/// first of each kind; the others stay out, now as its duplicates.
///
/// Format: `formats/csv-input.md`, "Duplicates".
final class DuplicateRestorer {
  /// Trips held in memory before they are written.
  private static let tripLimit = 1 << 17

  private let removal: LoadRemoval
  private let lake: Lake
  private let transaction: LakeTransaction
  private let schema: TripSchema
  private let zone: TimeZoneRules
  private let history: LoadHistory
  /// The loads whose trips the version has.
  private let standing: Set<UInt64>
  private let keys: RecordKeys
  private var encoder: TripFileEncoder
  private var waiting: [Place: [DroppedTrip]] = [:]
  private var waitingCount = 0
  private var extras: [ColumnDefinition] = []
  private var numbers: [Place: UInt32] = [:]
  private var nextNumber: UInt32 = 0
  /// The trips given back, and where each is stored.
  private var firsts: [Digest128: Place.Stored] = [:]
  private var writer: ReportWriter?
  private var reportHeader: [[UInt8]] = []
  private var restored = RestoredRows()

  /// The trips of one load in one partition, which go into one file.
  private struct Place: Hashable {
    let load: UInt64
    let key: PartitionKey

    struct Stored {
      let load: UInt64
      let path: String
    }
  }

  init(
    _ removal: LoadRemoval, _ head: LakeSnapshot, lake: Lake, _ transaction: LakeTransaction
  ) throws {
    self.removal = removal
    self.lake = lake
    self.transaction = transaction
    schema = head.manifest.schema
    zone = try TimeZoneRules(tzif: lake.settings.zoneData)
    history = try LoadHistory(head.manifest)
    standing = history.standing
    keys = RecordKeys(try head.manifest.inputHistory())
    encoder = TripFileEncoder(schema: schema)
  }

  func restore() throws -> RestoredRows {
    for entry in history.entries where entry.record.load > removal.load {
      for report in entry.record.reports where report.kind == .duplicates {
        try read(report, of: entry.record)
      }
    }
    try writeTrips()
    restored.report = try writer?.finish()
    return restored
  }

  private func read(_ report: ReportReference, of record: LoadRecord) throws {
    var fields = ReportFields()
    var columns: DuplicateColumns?
    try lake.readReport(report) { piece in
      try fields.append(piece) { values in
        if let header = try DuplicateColumns(values, schema: schema) {
          try begin(header)
          columns = header
        } else if let columns {
          try take(values, columns, of: record)
        }
      }
    }
  }

  /// Trips of other columns go into other files.
  private func begin(_ columns: DuplicateColumns) throws {
    let columns = columns.extras.map(\.column)
    guard columns != extras else { return }
    try writeTrips()
    extras = columns
  }

  private func take(
    _ values: [[UInt8]], _ columns: DuplicateColumns, of record: LoadRecord
  ) throws {
    guard values.count == columns.names.count else {
      throw DuplicateColumns.unreadable("a record is not as it was written")
    }
    func load(_ field: Int) -> UInt64? { UInt64(String(decoding: values[field], as: UTF8.self)) }
    guard load(columns.firstLoad) == removal.load else { return }
    let owner = columns.owner.flatMap(load) ?? record.load
    // What the load dropped that had dropped it is nobody's any more.
    guard standing.contains(owner) else { return }
    let identity = keys.identity(of: values, columns, load: owner)
    if let first = firsts[identity] {
      try report(values, columns, owner: owner, first: first)
      return
    }
    let trip = try DroppedTrip(values, columns)
    let key = PartitionKey(region: trip.region, week: zone.week(ofMicroseconds: trip.time))
    let place = Place(load: owner, key: key)
    let path = LakePath.tripFile(key, transaction.id, number(of: place)).text
    firsts[identity] = Place.Stored(load: owner, path: path)
    waiting[place, default: []].append(trip)
    waitingCount += 1
    if waitingCount >= Self.tripLimit { try writeTrips() }
  }

  private func number(of place: Place) -> UInt32 {
    if let number = numbers[place] { return number }
    defer { nextNumber += 1 }
    numbers[place] = nextNumber
    return nextNumber
  }

  private func writeTrips() throws {
    let builder = TripColumnsBuilder(schema: schema, extras: extras)
    for (place, trips) in waiting.sorted(by: {
      ($0.key.load, $0.key.key) < ($1.key.load, $1.key.key)
    }) {
      let file = try encoder.encode(key: place.key, columns: builder.columns(trips))
      let staged = try transaction.writeDataFile(
        file, key: place.key, number: number(of: place))
      restored.files.append((staged, place.load))
      restored.rowCount += UInt64(trips.count)
    }
    waiting = [:]
    waitingCount = 0
    numbers = [:]
  }

  /// Keeps a trip that stays out, with the place of the one that was given back.
  private func report(
    _ values: [[UInt8]], _ columns: DuplicateColumns, owner: UInt64, first: Place.Stored
  ) throws {
    restored.duplicateCount += 1
    let writer = try self.writer ?? transaction.makeReport(.duplicates)
    self.writer = writer
    let trip = values[columns.tripStart...]
    let header = Array(columns.names[columns.tripStart...])
    var text: [UInt8] = []
    if header != reportHeader {
      reportHeader = header
      let places = [
        DuplicateColumns.ownerName, "duplicate_file", "duplicate_line", "first_load", "first_file",
        "first_line",
      ].map { Array($0.utf8) }
      Self.append(places + header, to: &text)
    }
    let places = [
      Array(String(owner).utf8), values[columns.path], values[columns.line],
      Array(String(first.load).utf8), Array(first.path.utf8), [],
    ]
    Self.append(places + trip, to: &text)
    try writer.append(text)
  }

  private static func append(_ record: [[UInt8]], to text: inout [UInt8]) {
    for (place, field) in record.enumerated() {
      if place > 0 { text.append(Ascii.comma) }
      text += CSVText.quoted(field)
    }
    text.append(Ascii.lineFeed)
  }
}
