internal import TripModel

/// The trips of one chunk, as rows of words, with what routing needs beside them.
final class TripBatch {
  private(set) var count = 0
  /// Row-major: `TripRow.wordCount` words a row.
  private(set) var words: UnsafeMutablePointer<UInt64>
  /// The worker's code of each row's region.
  private(set) var regions: UnsafeMutablePointer<UInt32>
  /// The ISO week of each row in the lake's zone.
  private(set) var weeks: UnsafeMutablePointer<Int32>
  /// 1 where a row has a fault and must not be stored.
  private(set) var isFaulty: UnsafeMutablePointer<UInt8>
  /// At most one a row, the leftmost; ascending by row.
  private(set) var faults: [RowFault] = []
  private var capacity = 0

  init() {
    words = .allocate(capacity: 1)
    regions = .allocate(capacity: 1)
    weeks = .allocate(capacity: 1)
    isFaulty = .allocate(capacity: 1)
  }

  deinit {
    deallocate()
  }

  /// Parses every record of a chunk.
  ///
  /// Field after field, so that each loop stays small; a row keeps the fault of its leftmost field.
  func parse(_ chunk: Chunk, table: RecordTable, mapping: HeaderMapping, tools: BatchTools) {
    reset(rowCount: table.count)
    parsePoints(chunk, table, field: mapping.origin, word: TripRow.originX, tools.numbers)
    parseDestinations(chunk, table, field: mapping.destination, tools.numbers)
    if let rounding = tools.rounding { roundCoordinates(rounding) }
    parseTimes(chunk, table, field: mapping.time, tools.zone)
    encodeText(chunk, table, field: mapping.region, dictionary: tools.regions) { row, code in
      regions[row] = code
    }
    let provenance = TripRow.provenance(fileOrdinal: chunk.fileOrdinal, worker: tools.worker)
    encodeText(chunk, table, field: mapping.source, dictionary: tools.sources) { row, code in
      words[row * TripRow.wordCount + TripRow.provenance] = provenance | UInt64(code)
    }
    keepLeftmostFaults()
  }

  private func parsePoints(
    _ chunk: Chunk, _ table: RecordTable, field: Int, word: Int, _ numbers: DecimalKernels
  ) {
    let bytes = UnsafePointer(chunk.bytes)
    for row in 0..<count {
      let place = row * table.fieldCount + field
      var x = 0.0
      var y = 0.0
      let isPoint = PointKernels.parse(
        bytes + Int(table.fieldStarts[place]), end: bytes + Int(table.fieldEnds[place]),
        numbers: numbers, x: &x, y: &y)
      store(x, y, isPoint: isPoint, row: row, word: word, field: field)
    }
  }

  private func parseDestinations(
    _ chunk: Chunk, _ table: RecordTable, field: Int, _ numbers: DecimalKernels
  ) {
    let bytes = UnsafePointer(chunk.bytes)
    for row in 0..<count {
      let place = row * table.fieldCount + field
      let start = bytes + Int(table.fieldStarts[place])
      let end = bytes + Int(table.fieldEnds[place])
      let rowWords = words + row * TripRow.wordCount
      if start == end {
        rowWords[TripRow.destinationX] = TripRow.absent
        rowWords[TripRow.destinationY] = TripRow.absent
        continue
      }
      var x = 0.0
      var y = 0.0
      let isPoint = PointKernels.parse(start, end: end, numbers: numbers, x: &x, y: &y)
      store(x, y, isPoint: isPoint, row: row, word: TripRow.destinationX, field: field)
    }
  }

  @inline(__always)
  private func store(_ x: Double, _ y: Double, isPoint: Bool, row: Int, word: Int, field: Int) {
    let rowWords = words + row * TripRow.wordCount
    rowWords[word] = x.bitPattern
    rowWords[word + 1] = y.bitPattern
    if !isPoint {
      addFault(row: row, field: field, .pointSyntax)
    } else if x.magnitude > 180 || y.magnitude > 90 {
      addFault(row: row, field: field, .coordinateRange)
    }
  }

  private func roundCoordinates(_ rounding: CoordinateRounding) {
    for row in 0..<count {
      let rowWords = words + row * TripRow.wordCount
      for word in TripRow.originX...TripRow.destinationY where rowWords[word] != TripRow.absent {
        rowWords[word] = rounding.round(Double(bitPattern: rowWords[word])).bitPattern
      }
    }
  }

  private func parseTimes(
    _ chunk: Chunk, _ table: RecordTable, field: Int, _ zone: TimeZoneRules
  ) {
    let bytes = UnsafePointer(chunk.bytes)
    let fixedOffset = zone.fixedOffsetSeconds.map { Int64($0) * 1_000_000 }
    var parsed = TimestampReading(microseconds: 0, offsetSeconds: nil)
    for row in 0..<count {
      let place = row * table.fieldCount + field
      let isTime = TimestampKernels.parse(
        bytes + Int(table.fieldStarts[place]), end: bytes + Int(table.fieldEnds[place]),
        into: &parsed)
      let instant = parsed.microseconds - Int64(parsed.offsetSeconds ?? 0) * 1_000_000
      guard isTime, Self.instants.contains(instant) else {
        addFault(row: row, field: field, .timestampSyntax)
        weeks[row] = 0
        continue
      }
      words[row * TripRow.wordCount + TripRow.startTime] = UInt64(bitPattern: instant)
      weeks[row] =
        fixedOffset.map { Self.week(ofLocalMicroseconds: instant + $0) }
        ?? zone.week(ofMicroseconds: instant).index
    }
  }

  /// The years 0001 to 9999 in UTC, in microseconds.
  private static let instants: Range<Int64> = -62_135_596_800_000_000..<253_402_300_800_000_000

  /// Weeks since Monday 1969-12-29, rounded down.
  @inline(__always)
  private static func week(ofLocalMicroseconds local: Int64) -> Int32 {
    let sinceMonday = local + 3 * 86_400_000_000
    let week: Int64 = 604_800_000_000
    let quotient = sinceMonday / week
    return Int32(truncatingIfNeeded: sinceMonday % week < 0 ? quotient - 1 : quotient)
  }

  @inline(__always)
  private func encodeText(
    _ chunk: Chunk, _ table: RecordTable, field: Int, dictionary: ByteDictionary,
    store: (Int, UInt32) -> Void
  ) {
    let bytes = UnsafePointer(chunk.bytes)
    for row in 0..<count {
      let place = row * table.fieldCount + field
      let start = bytes + Int(table.fieldStarts[place])
      let byteCount = Int(table.fieldEnds[place] - table.fieldStarts[place])
      if let code = dictionary.find(start, byteCount: byteCount) {
        store(row, code)
      } else if Self.isValidText(start, byteCount: byteCount) {
        store(row, dictionary.insert(start, byteCount: byteCount))
      } else {
        store(row, 0)
        addFault(row: row, field: field, .invalidText)
      }
    }
  }

  /// UTF-8 without a NUL.
  @inline(never)
  private static func isValidText(_ start: UnsafePointer<UInt8>, byteCount: Int) -> Bool {
    let bytes = UnsafeBufferPointer(start: start, count: byteCount)
    return !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
  }

  @inline(never)
  private func addFault(row: Int, field: Int, _ reason: RowFault.Reason) {
    isFaulty[row] = 1
    faults.append(RowFault(row: row, field: field, reason: reason))
  }

  private func keepLeftmostFaults() {
    guard faults.count > 1 else { return }
    faults.sort { ($0.row, $0.field) < ($1.row, $1.field) }
    var kept = 1
    for index in 1..<faults.count where faults[index].row != faults[kept - 1].row {
      faults[kept] = faults[index]
      kept += 1
    }
    faults.removeSubrange(kept...)
  }

  private func reset(rowCount: Int) {
    if rowCount > capacity {
      deallocate()
      capacity = rowCount + rowCount / 4
      words = .allocate(capacity: capacity * TripRow.wordCount)
      regions = .allocate(capacity: capacity)
      weeks = .allocate(capacity: capacity)
      isFaulty = .allocate(capacity: capacity)
    }
    count = rowCount
    isFaulty.initialize(repeating: 0, count: rowCount)
    faults.removeAll(keepingCapacity: true)
  }

  private func deallocate() {
    words.deallocate()
    regions.deallocate()
    weeks.deallocate()
    isFaulty.deallocate()
  }
}

/// What a worker parses with.
struct BatchTools {
  /// The worker's number, which tells its source codes from those of others.
  let worker: Int
  let numbers: DecimalKernels
  /// Of coordinates; `nil` where they are kept as they are.
  let rounding: CoordinateRounding?
  /// The lake's zone: it decides the week.
  let zone: TimeZoneRules
  let regions: ByteDictionary
  let sources: ByteDictionary
}
