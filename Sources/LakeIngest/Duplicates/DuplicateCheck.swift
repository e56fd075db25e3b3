internal import LakeStore
internal import TripModel

/// How duplicates are looked for among the rows in memory, and what comes of it. Shared by all writers.
struct DuplicateCheck: Sendable {
  /// Of each input file, whether its rows are dropped where they are equal to earlier ones in all columns.
  let isDroppable: [Bool]
  /// The rows whose key stands in an earlier one; they are told of already.
  private(set) var keyDuplicates = RowSet.none
  /// The files that fail where a row of theirs is.
  private let mayFail: [Bool]
  let earlier: EarlierFiles
  private let report: DuplicateReport
  private let ledger: LoadLedger
  private let found: DuplicateTally

  /// Text of the report that is held in memory.
  private static let pieceByteCount = 1 << 18

  /// - Parameter formats: Of the input files; `nil` where a file was not read.
  init(
    formats: [InputFormat?], earlier: EarlierFiles, found: DuplicateTally, report: DuplicateReport,
    ledger: LoadLedger
  ) {
    isDroppable = formats.map { $0.map { $0.duplicates != .keep && $0.key.isEmpty } ?? false }
    mayFail = formats.map { $0?.duplicates == .fail }
    self.earlier = earlier
    self.found = found
    self.report = report
    self.ledger = ledger
  }

  /// Finds the rows of a plan whose key stands in an earlier row.
  mutating func findKeyDuplicates(
    in plan: PartitionPlan, files: [FileAccount], rows: DuplicateRows
  ) throws {
    let keys = Set(files.compactMap { $0.format?.key }.filter { !$0.isEmpty })
    var removed: [UInt32] = []
    for key in keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let isKeyed = files.map { $0.format?.key == key && ($0.isStored || $0.isOpen) }
      let search = KeyDuplicates(rows, key: key, partitions: plan.partitions, isKeyed: isKeyed)
      if search.isEmpty { continue }
      try earlier.forEach { reader, place in try search.find(in: reader, at: place) }
      for (partition, found) in zip(plan.partitions, search.found) where !found.isEmpty {
        try take(found, of: partition.key.region, rows: rows)
        removed += found.map(\.row)
      }
    }
    keyDuplicates = RowSet(removed)
  }

  /// Takes the duplicates of one partition; they go to the report in the order of the input.
  func take(_ found: [FoundDuplicate], of region: ByteString, rows: DuplicateRows) throws {
    guard !found.isEmpty else { return }
    let sorted = found.sorted { rows.position($0.row) < rows.position($1.row) }
    var text: [UInt8] = []
    var dropped = DroppedRows(fileCount: isDroppable.count)
    for duplicate in sorted {
      let file = rows.fileOrdinal(duplicate.row)
      dropped.add(rows.balance(duplicate.row), file: file)
      let places = places(of: duplicate, rows)
      report.append(places, region: region, row: duplicate.row, rows, to: &text)
      if mayFail[file] {
        self.found.noteFailure(
          ofFile: file, at: rows.position(duplicate.row),
          "the record at line \(places.line) is a duplicate of \(places.firstText)")
      }
      if text.count >= Self.pieceByteCount {
        try report.write(text, columns: rows.texts.layout.columns)
        text.removeAll(keepingCapacity: true)
      }
    }
    self.found.add(dropped)
    try report.write(text, columns: rows.texts.layout.columns)
  }

  private func places(of duplicate: FoundDuplicate, _ rows: DuplicateRows) -> DuplicatePlaces {
    let own = ledger.place(of: rows.position(duplicate.row))
    switch duplicate.first {
    case .row(let row):
      let first = ledger.place(of: rows.position(row))
      return DuplicatePlaces(
        path: own.path, line: own.line, firstLoad: nil, firstPath: first.path,
        firstLine: first.line)
    case .stored(let place):
      return DuplicatePlaces(
        path: own.path, line: own.line, firstLoad: place.load, firstPath: place.path,
        firstLine: nil)
    }
  }
}

/// Where a duplicate stands, and where the first of its kind does.
struct DuplicatePlaces {
  let path: String
  let line: UInt64
  /// `nil` stands for the load at hand.
  let firstLoad: UInt64?
  /// An input file where there is a line, else a trip file of the lake.
  let firstPath: String
  let firstLine: UInt64?

  /// Where the first one stands, for people.
  var firstText: String {
    let path = ByteString(firstPath).displayText
    if let firstLine { return "the one at \(path):\(firstLine)" }
    return firstLoad.map { "one of load \($0), in \(path)" } ?? "an earlier one of this load"
  }
}
