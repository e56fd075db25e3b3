internal import LakeBytes
internal import LakeColumns
internal import LakeQuery
internal import TripModel

/// Writes trips as CSV in the seed layout, millions a second.
///
/// What does not change from row to row is prepared once: the region, the days of the week, and the sources,
/// quoted where they must be.
final class SeedRowWriter {
  private let zone: TimeZoneRules
  private var key: PartitionKey?
  private var region: [UInt8] = []
  /// The dates of the partition's week, ten bytes each.
  private var dates: [UInt8] = []
  private var firstDayNumber = 0
  private var dictionary: [ByteString] = []
  private var sources: [UInt8] = []
  private var sourceEnds: [Int] = []
  private var longestSource = 0

  init(zone: TimeZoneRules) {
    self.zone = zone
  }

  func append(_ batch: RowBatch, to bytes: inout [UInt8]) {
    prepare(batch)
    let rows = SeedRowValues(batch)
    guard batch.columns.count == SeedRows.columns.count else {
      appendWithExtras(batch, rows, to: &bytes)
      return
    }
    let rowByteLimit =
      region.count + 2 * TextPointer.pointByteLimit + TextPointer.timeByteLimit + longestSource + 4
    bytes.append(addingCapacity: batch.rowCount * rowByteLimit) { output in
      output.withUnsafeMutableBufferPointer { buffer, count in
        guard let start = buffer.baseAddress else { return }
        var text = TextPointer(start + count)
        for row in 0..<batch.rowCount {
          put(row, of: rows, to: &text)
          text.put(UInt8(ascii: "\n"))
        }
        count = text.position - start
      }
    }
  }

  @inline(__always)
  private func put(_ row: Int, of rows: SeedRowValues, to text: inout TextPointer) {
    text.put(region)
    if rows.hasOrigin(row) { text.putPoint(x: rows.originX[row], y: rows.originY[row]) }
    text.put(UInt8(ascii: ","))
    if rows.hasDestination(row) {
      text.putPoint(x: rows.destinationX[row], y: rows.destinationY[row])
    }
    text.put(UInt8(ascii: ","))
    putTime(rows.time[row], to: &text)
    text.put(UInt8(ascii: ","))
    let source = rows.source[row]
    let start = source == 0 ? 0 : sourceEnds[source - 1]
    let count = sourceEnds[source] - start
    sources.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      text.put(base + start, count: count)
    }
  }

  @inline(__always)
  private func putTime(_ time: Int64, to text: inout TextPointer) {
    let seconds = TimeZoneRules.floorDivide(time, by: 1_000_000)
    let day = Int(TimeZoneRules.floorDivide(seconds, by: 86_400))
    let dayInWeek = day - firstDayNumber
    guard zone.fixedOffsetSeconds == 0, time == seconds * 1_000_000, dayInWeek >= 0, dayInWeek < 7
    else {
      text.put(SeedTime.bytes(time, zone: zone))
      return
    }
    dates.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      text.put(base + dayInWeek * 10, count: 10)
    }
    let second = Int(seconds) - day * 86_400
    text.put(UInt8(ascii: " "))
    text.putPair(second / 3600)
    text.put(UInt8(ascii: ":"))
    text.putPair(second / 60 % 60)
    text.put(UInt8(ascii: ":"))
    text.putPair(second % 60)
  }
}

/// The columns of a batch in arrays of their own types, whose elements cost no reference counting.
private struct SeedRowValues {
  let originX: [Double]
  let originY: [Double]
  let destinationX: [Double]
  let destinationY: [Double]
  let time: [Int64]
  let source: [Int]
  private let origins: [Bool]
  private let destinations: [Bool]

  init(_ batch: RowBatch) {
    originX = Self.words(batch.columns[0]) { Double(bitPattern: $0) }
    originY = Self.words(batch.columns[1]) { Double(bitPattern: $0) }
    destinationX = Self.words(batch.columns[2]) { Double(bitPattern: $0) }
    destinationY = Self.words(batch.columns[3]) { Double(bitPattern: $0) }
    time = Self.words(batch.columns[4]) { Int64(bitPattern: $0) }
    source = Self.words(batch.columns[5]) { Int($0) }
    origins = Self.presences(batch.columns[0])
    destinations = Self.presences(batch.columns[2])
  }

  @inline(__always)
  func hasOrigin(_ row: Int) -> Bool { origins.isEmpty || origins[row] }

  @inline(__always)
  func hasDestination(_ row: Int) -> Bool { destinations.isEmpty || destinations[row] }

  private static func words<Value>(_ column: ColumnVector, _ value: (UInt64) -> Value) -> [Value] {
    column.words.withUnsafeBufferPointer { $0.map(value) }
  }

  /// Empty where every row has a value.
  private static func presences(_ column: ColumnVector) -> [Bool] {
    column.validity == nil ? [] : (0..<column.rowCount).map { column.hasValue($0) }
  }
}

extension SeedRowWriter {
  private func appendWithExtras(
    _ batch: RowBatch, _ rows: SeedRowValues, to bytes: inout [UInt8]
  ) {
    let rowByteLimit =
      region.count + 2 * TextPointer.pointByteLimit + TextPointer.timeByteLimit + longestSource + 4
    for row in 0..<batch.rowCount {
      bytes.append(addingCapacity: rowByteLimit) { output in
        output.withUnsafeMutableBufferPointer { buffer, count in
          guard let start = buffer.baseAddress else { return }
          var text = TextPointer(start + count)
          put(row, of: rows, to: &text)
          count = text.position - start
        }
      }
      for column in batch.columns[SeedRows.columns.count...] {
        bytes.append(UInt8(ascii: ","))
        append(column, row: row, to: &bytes)
      }
      bytes.append(UInt8(ascii: "\n"))
    }
  }

  /// Nothing where there is no value; an empty text is a pair of quotes.
  private func append(_ column: ColumnVector, row: Int, to bytes: inout [UInt8]) {
    guard column.hasValue(row) else { return }
    let word = column.words[row]
    switch column.definition.type {
    case .int64: bytes += String(Int64(bitPattern: word)).utf8
    case .float64: bytes += Double(bitPattern: word).shortestDecimal.utf8
    case .bool: bytes += (word == 0 ? "false" : "true").utf8
    case .timestamp: bytes += SeedTime.bytes(Int64(bitPattern: word), zone: zone)
    case .text:
      let text = column.dictionary[Int(word)].bytes
      if text.isEmpty { bytes += "\"\"".utf8 }
      DelimitedText.appendCSV(text[...], to: &bytes)
    }
  }

  private func prepare(_ batch: RowBatch) {
    if batch.key != key {
      key = batch.key
      region = []
      DelimitedText.appendCSV(batch.key.region.bytes[...], to: &region)
      region.append(UInt8(ascii: ","))
      firstDayNumber = batch.key.week.firstDayNumber
      dates = []
      for day in 0..<7 { CivilDate(dayNumber: firstDayNumber + day).append(to: &dates) }
      // Weeks outside of four-digit years have longer dates, which are written one by one.
      if dates.count != 70 { firstDayNumber = .min / 2 }
    }
    prepareSources(batch.columns[5].dictionary)
  }

  /// Quotes the sources of a file once: its batches share one dictionary.
  private func prepareSources(_ names: [ByteString]) {
    let isSame = names.withUnsafeBufferPointer { new in
      dictionary.withUnsafeBufferPointer { old in
        new.baseAddress == old.baseAddress && new.count == old.count
      }
    }
    if isSame && sourceEnds.count == names.count { return }
    dictionary = names
    sources = []
    sourceEnds = []
    longestSource = 0
    for name in names {
      let start = sources.count
      DelimitedText.appendCSV(name.bytes[...], to: &sources)
      sourceEnds.append(sources.count)
      longestSource = max(longestSource, sources.count - start)
    }
  }
}
