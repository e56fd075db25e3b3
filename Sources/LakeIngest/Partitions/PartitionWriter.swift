internal import LakeFile
internal import LakeStore
internal import TripModel

/// A trip file that is written, with what the load must still know of it.
struct WrittenRun: Sendable {
  let file: StagedDataFile
  let balance: RowBalance
  /// The input file that all of its rows came from, where that file may still fail.
  let openFile: Int?
  /// Of input files that have trips with odd places in it.
  var oddPlaces: [Int: RowWarnings] = [:]
}

/// Sorts, encodes and writes partitions; one for each thread, its memory used again and again.
final class PartitionWriter {
  private let transaction: LakeTransaction
  private let ranks: SourceRanks
  private let fileRowLimit: Int
  private let duplicates: DuplicateCheck?
  private let texts: ExtraTexts
  private let sort: PartitionSort
  private let columns: TripColumns
  private var encoder: TripFileEncoder
  private(set) var written: [WrittenRun] = []

  init(
    transaction: LakeTransaction, schema: TripSchema, blocks: RowBlocks, ranks: SourceRanks,
    texts: ExtraTexts, duplicates: DuplicateCheck?, fileRowLimit: Int
  ) {
    self.transaction = transaction
    self.ranks = ranks
    self.texts = texts
    self.duplicates = duplicates
    self.fileRowLimit = fileRowLimit
    sort = PartitionSort(blocks, ranks: ranks, texts: texts)
    columns = TripColumns(schema: schema, sources: ranks.sources, texts: texts)
    encoder = TripFileEncoder(schema: schema)
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

  /// Writes one run as one trip file or, where it has too many rows for one, as several.
  private func write(
    _ run: PartitionRows.Run, of rows: PartitionRows, besides removed: RowSet
  ) throws {
    fill(rows, run.group.isIncluded, besides: removed)
    if rows.runs.count == 1, let duplicates { _ = try dropDuplicates(rows.key, duplicates) }
    var number = run.firstFileNumber
    let firstWritten = written.count
    for start in stride(from: 0, to: sort.count, by: fileRowLimit) {
      let end = min(start + fileRowLimit, sort.count)
      let gathered = sort.gather(start..<end, into: columns)
      if !gathered.allHaveDestination { columns.markAbsentDestinations() }
      columns.makeSourceDictionary()
      columns.finishExtras()
      let file = try encoder.encode(key: rows.key, columns: columns.all)
      let staged = try transaction.writeDataFile(file, key: rows.key, number: number)
      written.append(
        WrittenRun(file: staged, balance: gathered.balance, openFile: run.group.openFile))
      number += 1
    }
    guard firstWritten < written.count else { return }
    let extents = written[firstWritten...].flatMap { run in
      [run.file.statistics.originExtent, run.file.statistics.destinationExtent].compactMap(\.self)
    }
    written[firstWritten].oddPlaces = sort.oddPlaces(extents)
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
