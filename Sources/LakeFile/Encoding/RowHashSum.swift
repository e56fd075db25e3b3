internal import LakeBytes
internal import LakeColumns
internal import TripModel

/// Adds up the hashes of many rows, a batch at a time.
struct RowHashSum: ~Copyable {
  /// So many rows' records stay in the innermost cache.
  static let batchRowCount = 256

  private(set) var sum = Digest128.zero
  private let layout: RecordLayout
  private let regionDigest: Digest128
  /// The digests of each text column's values, by column position.
  private let textDigests: [[Digest128]]
  /// For rows without nulls, where the columns are those of `TripHashes`.
  private let trips: TripHashes?
  /// A batch of records, made for the first row that needs one. Ids and the region stand in it from then on; only values
  /// are rewritten.
  private var records = ColumnBuffer<UInt8>()
  private var compacted = ColumnBuffer<UInt8>()

  /// - Parameter columns: They bring types and dictionaries; rows are added later.
  init(region: ByteString, columns: [ColumnVector]) {
    layout = RecordLayout(columns)
    regionDigest = Checksum.xxh3_128(region.bytes)
    textDigests = columns.map { column in
      column.dictionary.map { Checksum.xxh3_128($0.bytes) }
    }
    let areTrips = columns.map(\.definition.id) == TripHashes.columns
    trips = areTrips ? TripHashes(region: regionDigest, sources: textDigests.last ?? []) : nil
  }

  /// Adds the rows of `range`.
  ///
  /// - Precondition: The columns are like those given at first and hold the rows.
  mutating func add(_ columns: [ColumnVector], rows range: Range<Int>) {
    if let trips, !columns.contains(where: \.hasBitmap) {
      sum =
        sum
        &+ trips.sum(
          originX: columns[0].words, originY: columns[1].words, destinationX: columns[2].words,
          destinationY: columns[3].words, startTime: columns[4].words, source: columns[5].words,
          rows: range)
      return
    }
    if records.isEmpty { makeRecords(columns) }
    var start = range.lowerBound
    while start < range.upperBound {
      let batch = start..<min(range.upperBound, start + Self.batchRowCount)
      addBatch(columns, rows: batch)
      start = batch.upperBound
    }
  }

  private mutating func makeRecords(_ columns: [ColumnVector]) {
    records.resize(to: Self.batchRowCount * layout.byteCount, filling: 0)
    RowHashKernels.fill(&records, layout, id: .region, at: 0)
    RowHashKernels.fill(&records, layout, digest: regionDigest, at: RecordLayout.idByteCount)
    for (column, offset) in zip(columns, layout.offsets) {
      guard let offset else { continue }
      RowHashKernels.fill(&records, layout, id: column.definition.id, at: offset)
    }
  }

  private mutating func addBatch(_ columns: [ColumnVector], rows: Range<Int>) {
    var hasNulls = false
    for (index, column) in columns.enumerated() {
      guard let offset = layout.offsets[index] else { continue }
      let valueOffset = offset + RecordLayout.idByteCount
      if column.definition.type == .text {
        RowHashKernels.fill(
          &records, layout, column.words, rows: rows, digests: textDigests[index], at: valueOffset)
      } else {
        RowHashKernels.fill(&records, layout, column.words, rows: rows, at: valueOffset)
      }
      hasNulls = hasNulls || column.hasBitmap
    }
    let batchSum =
      hasNulls
      ? Self.sumWithoutNulls(records, columns, rows: rows, layout, scratch: &compacted)
      : RowHashKernels.sum(records, count: rows.count, stride: layout.byteCount)
    sum = sum &+ batchSum
  }

  /// The sum where some values may be absent: their fields are cut out of the records.
  private static func sumWithoutNulls(
    _ records: borrowing ColumnBuffer<UInt8>, _ columns: [ColumnVector], rows: Range<Int>,
    _ layout: RecordLayout, scratch: inout ColumnBuffer<UInt8>
  ) -> Digest128 {
    var sum = Digest128.zero
    for row in rows {
      let start = (row - rows.lowerBound) * layout.byteCount
      scratch.removeAll()
      scratch.append(
        contentsOf: records.span.extracting(start..<start + RecordLayout.textFieldByteCount))
      for (index, column) in columns.enumerated() {
        guard let offset = layout.offsets[index], column.isValid(row: row) else { continue }
        let field = start + offset
        let byteCount = RecordLayout.fieldByteCount(column.definition.type)
        scratch.append(contentsOf: records.span.extracting(field..<field + byteCount))
      }
      sum = sum &+ RowHashKernels.sum(scratch, count: 1, stride: scratch.count)
    }
    return sum
  }
}

/// Where each column's field stands in a row's record.
struct RecordLayout {
  static let idByteCount = 2
  static let textFieldByteCount = 18

  /// By column position; `nil` for columns that the hash passes over.
  let offsets: [Int?]
  let byteCount: Int

  init(_ columns: [ColumnVector]) {
    var offset = Self.textFieldByteCount
    offsets = columns.map { column in
      guard RowHash.includes(column.definition.id) else { return nil }
      defer { offset += Self.fieldByteCount(column.definition.type) }
      return offset
    }
    byteCount = offset
  }

  static func fieldByteCount(_ type: ColumnType) -> Int {
    type == .text ? textFieldByteCount : 10
  }
}
