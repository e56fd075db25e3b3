internal import LakeFile
internal import LakeStore
internal import TripModel

/// A trip file that is written, with what the load must still know of it.
struct WrittenRun: Sendable {
  let file: StagedDataFile
  let balance: RowBalance
  /// The input file that all of its rows came from, where that file may still fail.
  let openFile: Int?
}

/// Sorts, encodes and writes partitions; one for each thread, its memory used again and again.
final class PartitionWriter {
  private let transaction: LakeTransaction
  private let ranks: SourceRanks
  private let fileRowLimit: Int
  private let sort: PartitionSort
  private let columns: TripColumns
  private var encoder: TripFileEncoder
  private(set) var written: [WrittenRun] = []

  init(
    transaction: LakeTransaction, schema: TripSchema, blocks: RowBlocks, ranks: SourceRanks,
    texts: ExtraTexts, fileRowLimit: Int
  ) {
    self.transaction = transaction
    self.ranks = ranks
    self.fileRowLimit = fileRowLimit
    sort = PartitionSort(blocks, ranks: ranks, texts: texts)
    columns = TripColumns(schema: schema, texts: texts)
    encoder = TripFileEncoder(schema: schema)
  }

  /// Writes one run as one trip file or, where it has too many rows for one, as several.
  func write(_ run: PartitionRun) throws {
    sort.reset(rowCount: run.rowCount)
    for slab in run.slabs { sort.add(slab, isIncluded: run.isIncluded) }
    sort.sort()
    var number = run.firstFileNumber
    for start in stride(from: 0, to: sort.count, by: fileRowLimit) {
      let end = min(start + fileRowLimit, sort.count)
      let gathered = sort.gather(start..<end, into: columns)
      if !gathered.allHaveDestination { columns.markAbsentDestinations() }
      columns.makeSourceDictionary(ranks.sources)
      columns.finishExtras()
      let file = try encoder.encode(key: run.key, columns: columns.all)
      let staged = try transaction.writeDataFile(file, key: run.key, number: number)
      written.append(
        WrittenRun(file: staged, balance: gathered.balance, openFile: run.openFile))
      number += 1
    }
  }
}
