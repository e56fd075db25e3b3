internal import LakeColumns
internal import LakeQuery
internal import TripModel

/// Writes trips in the layout in which they came in: `region,origin_coord,destination_coord,datetime,
/// datasource`, points as WKT, times by the clock of the lake's zone.
///
/// Doubles come back bit for bit, times to the microsecond: where the clocks were put back and a local time
/// means two instants, the second is written with its offset.
struct SeedRows {
  static let columnNames = [
    "region", "origin_coord", "destination_coord", "datetime", "datasource",
  ]

  /// What a batch must hold, in this order.
  static let columns: [ColumnID] = [
    .originX, .originY, .destinationX, .destinationY, .startTime, .source,
  ]

  private let zone: TimeZoneRules

  init(zone: TimeZoneRules) {
    self.zone = zone
  }

  /// Appends all rows of a batch as CSV.
  func appendCSV(_ batch: RowBatch, to bytes: inout [UInt8]) {
    bytes.reserveCapacity(bytes.count + batch.rowCount * 160)
    var region: [UInt8] = []
    DelimitedText.appendCSV(batch.key.region.bytes[...], to: &region)
    region.append(UInt8(ascii: ","))
    let sources = batch.columns[5].dictionary
    for row in 0..<batch.rowCount {
      bytes.append(contentsOf: region)
      appendPoint(batch, row, 0, to: &bytes)
      bytes.append(UInt8(ascii: ","))
      appendPoint(batch, row, 2, to: &bytes)
      bytes.append(UInt8(ascii: ","))
      appendTime(Int64(bitPattern: batch.columns[4].words[row]), to: &bytes)
      bytes.append(UInt8(ascii: ","))
      DelimitedText.appendCSV(sources[Int(batch.columns[5].words[row])].bytes[...], to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
  }

  /// The row as it stands in the other text formats.
  func cells(_ batch: RowBatch, row: Int) -> [Cell] {
    var origin: [UInt8] = []
    appendPoint(batch, row, 0, to: &origin)
    var destination: [UInt8] = []
    appendPoint(batch, row, 2, to: &destination)
    var time: [UInt8] = []
    appendTime(Int64(bitPattern: batch.columns[4].words[row]), to: &time)
    let source = batch.columns[5].dictionary[Int(batch.columns[5].words[row])]
    let texts = [origin, destination, time].map { Cell.text(ByteString(bytes: $0)) }
    return [.text(batch.key.region)] + texts + [.text(source)]
  }

  /// `POINT (x y)`; nothing where the coordinates are absent.
  private func appendPoint(
    _ batch: RowBatch, _ row: Int, _ column: Int, to bytes: inout [UInt8]
  ) {
    guard batch.columns[column].hasValue(row) else { return }
    bytes.append(contentsOf: Self.pointStart)
    CoordinateText.append(Double(bitPattern: batch.columns[column].words[row]), to: &bytes)
    bytes.append(UInt8(ascii: " "))
    CoordinateText.append(Double(bitPattern: batch.columns[column + 1].words[row]), to: &bytes)
    bytes.append(UInt8(ascii: ")"))
  }

  private func appendTime(_ time: Int64, to bytes: inout [UInt8]) {
    if zone.fixedOffsetSeconds == nil, !isFirstOfItsLocalTime(time) {
      TimestampText.appendRFC3339(microseconds: time, zone: zone, to: &bytes)
    } else {
      TimestampText.appendLocal(microseconds: time, zone: zone, to: &bytes)
    }
  }

  private func isFirstOfItsLocalTime(_ time: Int64) -> Bool {
    let seconds = TimeZoneRules.floorDivide(time, by: 1_000_000)
    let local = seconds + Int64(zone.offsetSeconds(atSeconds: seconds))
    return zone.instant(ofLocalSeconds: local).seconds == seconds
  }

  private static let pointStart = Array("POINT (".utf8)
}

extension ColumnVector {
  /// Whether a row has a value.
  func hasValue(_ row: Int) -> Bool {
    guard validity != nil else { return true }
    return validity?[row / 64].isSet(row % 64) ?? true
  }
}

extension UInt64 {
  fileprivate func isSet(_ bit: Int) -> Bool { self >> UInt64(bit) & 1 == 1 }
}
