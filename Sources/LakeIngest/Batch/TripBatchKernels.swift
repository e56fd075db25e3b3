internal import TripModel

/// The trips of one chunk, as rows of words, with what routing needs beside them.
///
/// Unchecked: every loop stays below `count`, for which the memory is made by `reset`; fields come from the
/// record table of the same chunk.
final class TripBatch {
  private(set) var count = 0
  /// Row-major: `TripRow.wordCount` words a row.
  private(set) var words: UnsafeMutablePointer<UInt64>
  /// Row-major: as many words a row as the layout of the extra columns has.
  private(set) var extraWords: UnsafeMutablePointer<UInt64>
  private(set) var layout = ExtraLayout.none
  /// The worker's code of each row's region.
  private(set) var regions: UnsafeMutablePointer<UInt32>
  /// The ISO week of each row in the lake's zone.
  private(set) var weeks: UnsafeMutablePointer<Int32>
  /// 1 where a row has a fault and must not be stored.
  private(set) var isFaulty: UnsafeMutablePointer<UInt8>
  /// At most one a row, the leftmost; ascending by row.
  private(set) var faults: [RowFault] = []
  /// Of rows without a fault.
  private(set) var warnings = RowWarnings()
  /// What the texts of the chunk take in memory at most; equal texts of one chunk count once.
  private(set) var textByteCount = 0

  /// Rows that are to be counted as `warnings` unless they have a fault.
  var suspects: [(row: Int, kind: RowWarnings.Kind)] = []
  private(set) var areaCodes = AreaCodes()
  /// Whether a point of the chunk may be at zero.
  var mayBeAtZero = false
  /// The spellings of points that the worker has met.
  private(set) lazy var pointShapes = KnownPointShapes()
  /// With their text and all that is made of them some 30 KiB.
  private static let runRowCount = 128
  private var capacity = 0
  private var extraCapacity = 0

  init() {
    words = .allocate(capacity: 1)
    extraWords = .allocate(capacity: 1)
    regions = .allocate(capacity: 1)
    weeks = .allocate(capacity: 1)
    isFaulty = .allocate(capacity: 1)
  }

  deinit {
    deallocate()
    extraWords.deallocate()
  }

  /// Parses every record of a chunk.
  ///
  /// Field after field, so that each loop stays small, of a run of rows that the cache next to the core holds; a row keeps
  /// the fault of its leftmost field.
  func parse(_ chunk: Chunk, table: RecordTable, format: InputFormat, tools: BatchTools) {
    reset(rowCount: table.count, layout: format.layout)
    areaCodes = encodeAreas(format, tools, sequence: chunk.sequence)
    if !format.extras.isEmpty { tools.texts.prepare(layout) }
    for first in stride(from: 0, to: count, by: Self.runRowCount) {
      let rows = first..<min(first + Self.runRowCount, count)
      let fields = BatchFields(chunk: chunk, table: table, rows: rows)
      parsePlaces(fields, format, tools.numbers)
      parseTimes(fields, format, tools)
      encodeRegions(fields, format, tools)
      encodeSources(fields, format, tools, fileOrdinal: chunk.fileOrdinal)
      if !format.extras.isEmpty { parseExtras(fields, format, tools) }
    }
    if layout.hasPositions { setPositions(chunk, table) }
    keepLeftmostFaults()
    countWarnings()
  }

  private func setPositions(_ chunk: Chunk, _ table: RecordTable) {
    table.forEachLine(of: chunk) { row, line in
      extraWords[row * layout.wordCount + layout.positionWord] =
        RowPosition(sequence: chunk.sequence, line: line).word
    }
  }

  @inline(never)
  func addFault(row: Int, field: Int, _ reason: RowFault.Reason) {
    isFaulty[row] = 1
    faults.append(RowFault(row: row, field: field, reason: reason))
  }

  func addTextBytes(_ byteCount: Int) {
    textByteCount += byteCount
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

  /// - Complexity: O(rows) where a point may be at zero, else O(suspects).
  private func countWarnings() {
    if mayBeAtZero {
      for row in 0..<count where isFaulty[row] == 0 {
        let rowWords = words + row * TripRow.wordCount
        if Self.isAtZero(rowWords + TripRow.originX)
          || Self.isAtZero(rowWords + TripRow.destinationX)
        {
          warnings[.atZero] += 1
        }
      }
    }
    for suspect in suspects where isFaulty[suspect.row] == 0 { warnings[suspect.kind] += 1 }
  }

  /// Whether both coordinates are zero of either sign.
  @inline(__always)
  static func isAtZero(_ place: UnsafePointer<UInt64>) -> Bool {
    (place[0] | place[1]) << 1 == 0
  }

  private func reset(rowCount: Int, layout: ExtraLayout) {
    if rowCount > capacity {
      deallocate()
      capacity = rowCount + rowCount / 4
      words = .allocate(capacity: capacity * TripRow.wordCount)
      regions = .allocate(capacity: capacity)
      weeks = .allocate(capacity: capacity)
      isFaulty = .allocate(capacity: capacity)
    }
    if layout.wordCount * rowCount > extraCapacity {
      extraWords.deallocate()
      extraCapacity = layout.wordCount * capacity
      extraWords = .allocate(capacity: extraCapacity)
    }
    self.layout = layout
    count = rowCount
    textByteCount = 0
    isFaulty.initialize(repeating: 0, count: rowCount)
    extraWords.initialize(repeating: 0, count: layout.wordCount * rowCount)
    faults.removeAll(keepingCapacity: true)
    suspects.removeAll(keepingCapacity: true)
    mayBeAtZero = false
    warnings = RowWarnings()
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
  /// The lake's zone: it decides the week.
  let zone: TimeZoneRules
  let texts: WorkerTexts
  let days: KnownDays
}

/// The bytes of the fields of some of a chunk's records. Unchecked as `FieldPlaces`.
struct BatchFields {
  let bytes: UnsafePointer<UInt8>
  let sequence: Int
  let rows: Range<Int>
  let places: FieldPlaces

  init(chunk: Chunk, table: RecordTable, rows: Range<Int>) {
    self.rows = rows
    bytes = UnsafePointer(chunk.bytes)
    sequence = chunk.sequence
    places = table.places
  }

  @inline(__always)
  func start(_ field: Int, row: Int) -> UnsafePointer<UInt8> {
    bytes + places.start(field, record: row)
  }

  @inline(__always)
  func end(_ field: Int, row: Int) -> UnsafePointer<UInt8> {
    bytes + places.end(field, record: row)
  }
}
