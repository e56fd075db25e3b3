internal import LakeBytes
internal import LakeColumns
internal import LakeQuery
internal import TripModel

/// Trips in the layout in which they came in: `region,origin_coord,destination_coord,datetime,datasource`,
/// points as WKT, times by the clock of the lake's zone, with its offset unless that is UTC. Behind them stand the
/// lake's extra columns under their own names.
///
/// Doubles come back bit for bit, times to the microsecond.
struct SeedRows {
  static let columnNames = [
    "region", "origin_coord", "destination_coord", "datetime", "datasource",
  ]

  /// What a batch must hold, in this order.
  static let columns: [ColumnID] = [
    .originX, .originY, .destinationX, .destinationY, .startTime, .source,
  ]

  /// Of a lake, by their ids.
  static func extras(of schema: TripSchema) -> [ColumnDefinition] {
    schema.columns.filter { $0.id >= .firstExtra }
  }

  private let zone: TimeZoneRules

  init(zone: TimeZoneRules) {
    self.zone = zone
  }

  /// A row for formats other than CSV.
  func cells(_ batch: RowBatch, row: Int) -> [Cell] {
    let time = SeedTime.bytes(Int64(bitPattern: batch.columns[4].words[row]), zone: zone)
    let source = batch.columns[5].dictionary[Int(batch.columns[5].words[row])]
    return [
      .text(batch.key.region), point(batch, row, 0), point(batch, row, 2),
      .text(ByteString(bytes: time)), .text(source),
    ] + batch.columns[Self.columns.count...].map { extra($0, row: row) }
  }

  private func extra(_ column: ColumnVector, row: Int) -> Cell {
    guard column.definition.type == .timestamp, column.hasValue(row) else {
      return Cell(column, row: row)
    }
    return .text(
      ByteString(bytes: SeedTime.bytes(Int64(bitPattern: column.words[row]), zone: zone)))
  }

  /// `POINT (x y)`; empty where the coordinates are absent.
  private func point(_ batch: RowBatch, _ row: Int, _ column: Int) -> Cell {
    guard batch.columns[column].hasValue(row) else { return .empty }
    let x = Double(bitPattern: batch.columns[column].words[row]).shortestDecimal
    let y = Double(bitPattern: batch.columns[column + 1].words[row]).shortestDecimal
    return .text(ByteString("POINT (\(x) \(y))"))
  }
}

/// A start time as `ingest` reads it back to the same instant.
enum SeedTime {
  /// `YYYY-MM-DD HH:MM:SS[.f…]` where the lake's zone is UTC, in which `ingest` reads times without a zone;
  /// in any other zone its local time with the offset.
  static func bytes(_ time: Int64, zone: TimeZoneRules) -> [UInt8] {
    var bytes: [UInt8] = []
    if zone.fixedOffsetSeconds == 0 {
      TimestampText.appendLocal(microseconds: time, zone: zone, to: &bytes)
    } else {
      let isReadable = hasReadableText(time, zone)
      TimestampText.appendRFC3339(microseconds: time, zone: isReadable ? zone : .utc, to: &bytes)
    }
    return bytes
  }

  /// Whether the local time lies in the years 0001 to 9999 and its offset has whole minutes, which those before
  /// standard time have not. Otherwise it is written in UTC.
  private static func hasReadableText(_ time: Int64, _ zone: TimeZoneRules) -> Bool {
    let seconds = TimeZoneRules.floorDivide(time, by: 1_000_000)
    let years = -719_162...2_932_896
    return zone.offsetSeconds(atSeconds: seconds) % 60 == 0
      && years.contains(zone.localDayNumber(ofMicroseconds: time))
  }
}

extension Cell {
  /// The value of a row in a column, as what it is.
  init(_ column: ColumnVector, row: Int) {
    guard column.hasValue(row) else {
      self = .empty
      return
    }
    let word = column.words[row]
    switch column.definition.type {
    case .float64: self = .number(Double(bitPattern: word))
    case .text: self = .text(column.dictionary[Int(word)])
    case .timestamp: self = .timestamp(Int64(bitPattern: word))
    case .int64: self = .integer(Int(Int64(bitPattern: word)))
    case .bool: self = .flag(word != 0)
    }
  }
}

extension ColumnVector {
  /// Whether a row has a value.
  @inline(__always)
  func hasValue(_ row: Int) -> Bool {
    guard validity != nil else { return true }
    return (validity?[row / 64] ?? .max) >> UInt64(row % 64) & 1 == 1
  }
}
