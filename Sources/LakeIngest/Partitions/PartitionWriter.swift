internal import LakeFile
internal import LakeStore
internal import TripModel

/// Sorts, encodes and writes partitions; one for each thread, its memory used again and again.
final class PartitionWriter {
  let files: TripFileWriter
  private let ranks: SourceRanks
  private let fileRowLimit: Int
  private let openFiles: OpenTripFiles
  private let keepsOpen: Bool
  private let duplicates: DuplicateCheck?
  private let texts: ExtraTexts
  private let sort: PartitionSort
  private let columns: TripColumns

  /// - Parameters:
  ///   - openFiles: The files that were begun with rows of the same partitions.
  ///   - keepsOpen: Whether files are left open for rows to come.
  init(
    files: TripFileWriter, blocks: RowBlocks, ranks: SourceRanks, texts: ExtraTexts,
    duplicates: DuplicateCheck?, fileRowLimit: Int, openFiles: OpenTripFiles, keepsOpen: Bool
  ) {
    self.files = files
    self.openFiles = openFiles
    self.keepsOpen = keepsOpen
    self.ranks = ranks
    self.texts = texts
    self.duplicates = duplicates
    self.fileRowLimit = fileRowLimit
    sort = PartitionSort(blocks, ranks: ranks, texts: texts)
    columns = TripColumns(schema: files.schema, layout: texts.layout, notes: sort.notes)
  }

  /// Writes the rows of a partition, without the duplicates.
  func write(_ rows: PartitionRows) throws {
    if rows.runs.count > 1, let duplicates {
      // Rows of one run may be equal to rows of another.
      let removed = RowSet(try findDuplicates(of: rows, duplicates))
      for run in rows.runs { try write(run, of: rows, besides: removed) }
    } else {
      for run in rows.runs { try write(run, of: rows, besides: .none) }
    }
  }

  /// Writes one run as one trip file or, where it has too many rows for one, as several; the first may have been begun.
  private func write(
    _ run: PartitionRows.Run, of rows: PartitionRows, besides removed: RowSet
  ) throws {
    fill(rows, run.group.isIncluded, besides: removed)
    let notedCount = sort.count
    if rows.runs.count == 1, let duplicates { _ = try dropDuplicates(rows.key, duplicates) }
    guard sort.count > 0 else { return }
    var begun = openFiles.take(rows.key, openInput: run.group.openInput)
    // In the place where the rows before ended, these begin.
    if let begun, !begun.additionCount.isMultiple(of: 2) { sort.reverse() }
    var oddPlaces = sort.oddPlaces()
    var number = run.firstFileNumber
    for start in stride(from: 0, to: sort.count, by: fileRowLimit) {
      let range = start..<min(start + fileRowLimit, sort.count)
      if range.count < notedCount { sort.note(range) }
      let file = try files.file(
        for: columns.noted(), rowCount: range.count, begun, fileRowLimit: fileRowLimit,
        key: rows.key, number: number, openInput: run.group.openInput)
      begun = nil
      try add(range, to: file)
      file.note(oddPlaces)
      oddPlaces = [:]
      if keepsOpen, range.upperBound == sort.count {
        try files.write(file)
        openFiles.put(file)
      } else {
        try files.finish(file)
      }
      number += 1
    }
  }

  /// Rows that are gathered and encoded together: their columns stay in the cache of a core meanwhile.
  private static let pieceRowCount = 2 * TripFileOptions().blockRowCount

  /// Adds the sorted rows of `range` to a file, piece by piece.
  private func add(_ range: Range<Int>, to file: OpenTripFile) throws {
    columns.fit(to: file.draft.columns)
    // The first piece fills the block that waits.
    var end = range.lowerBound - file.draft.waitingRowCount
    var start = range.lowerBound
    while start < range.upperBound {
      end = min(end + Self.pieceRowCount, range.upperBound)
      let gathered = sort.gather(start..<end, into: columns)
      if !gathered.allHaveDestination { columns.markAbsentDestinations() }
      columns.finishExtras()
      try files.add(columns.all, gathered.balance, to: file)
      start = end
    }
  }

  private func fill(_ rows: PartitionRows, _ isIncluded: [Bool], besides removed: RowSet) {
    let choice = RowChoice(
      files: isIncluded, besides: removed, duplicates?.keyDuplicates ?? .none)
    sort.reset(rowCount: rows.rowCount)
    sort.add(rows.slabs, choice)
    sort.sort()
  }

  /// The rows of all runs that are duplicates.
  private func findDuplicates(
    of rows: PartitionRows, _ duplicates: DuplicateCheck
  ) throws -> [UInt32] {
    let groups = rows.runs.map(\.group.isIncluded)
    let isIncluded = groups[0].indices.map { file in groups.contains { $0[file] } }
    fill(rows, isIncluded, besides: .none)
    return try dropDuplicates(rows.key, duplicates).map(\.row)
  }

  /// Takes the duplicates out of the sorted rows.
  private func dropDuplicates(
    _ key: PartitionKey, _ duplicates: DuplicateCheck
  ) throws -> [FoundDuplicate] {
    guard duplicates.isDroppable.contains(true) else { return [] }
    var found = sort.dropEqualRows(duplicates.isDroppable)
    var probe: StoredRowProbe?
    try duplicates.earlier.forEach(of: key) { reader, place in
      let known = probe ?? StoredRowProbe(sort, isDroppable: duplicates.isDroppable)
      probe = known
      found += try sort.dropRows(storedIn: reader, at: place, known)
    }
    if probe != nil { sort.compact() }
    try duplicates.take(
      found, of: key.region,
      rows: DuplicateRows(blocks: sort.blocks, ranks: sort.ranks, texts: texts))
    return found
  }
}
