internal import LakeStore
internal import TripModel

/// The rows of one partition that are to be written together, and where they lie.
struct PartitionRun {
  let key: PartitionKey
  let slabs: [RowStore.Slab]
  let rowCount: Int
  /// Number of its first trip file within the transaction.
  let firstFileNumber: UInt32
  /// Which input files' rows belong to it.
  let isIncluded: [Bool]
  /// The one file whose rows it holds, where that file is not read to its end yet and may still fail.
  let openFile: Int?
}

/// Divides what workers hold in memory into runs.
struct PartitionPlan {
  /// Most rows first, so that threads end together.
  private(set) var runs: [PartitionRun]
  private(set) var nextFileNumber: UInt32
  /// Where the rows of all runs lie.
  let blocks: RowBlocks

  /// - Parameter files: the input files; a failed one's rows are left out, and rows of one that is still
  ///   being read are kept apart, so that they can be dropped if it fails.
  init(
    workers: [ConvertWorker], layout: ExtraLayout, files: [FileAccount], fileRowLimit: Int,
    firstFileNumber: UInt32
  ) {
    let blocks = RowBlocks(workers.map(\.rows), extraWordCount: layout.wordCount)
    self.blocks = blocks
    var partitions: [PartitionKey: [RowStore.Slab]] = [:]
    for (index, worker) in workers.enumerated() {
      for (slot, tableKey) in worker.partitions.keys.enumerated() {
        let region = ByteString(
          bytes: worker.texts.regions[Int(PartitionTable.region(ofKey: tableKey))])
        let key = PartitionKey(
          region: region, week: ISOWeek(index: PartitionTable.week(ofKey: tableKey)))
        partitions[key, default: []] += worker.rows.slabs(ofSlot: slot).map {
          blocks.slab($0, ofStore: index)
        }
      }
    }
    runs = []
    nextFileNumber = firstFileNumber
    let groups = Self.groups(files)
    for (key, slabs) in partitions.sorted(by: { $0.key < $1.key }) {
      let rowCount = slabs.reduce(0) { $0 + $1.rowCount }
      for group in groups {
        runs.append(
          PartitionRun(
            key: key, slabs: slabs, rowCount: rowCount, firstFileNumber: nextFileNumber,
            isIncluded: group.isIncluded, openFile: group.openFile))
        nextFileNumber += UInt32((rowCount + fileRowLimit - 1) / fileRowLimit)
      }
    }
    runs.sort { ($0.rowCount, $1.key) > ($1.rowCount, $0.key) }
  }

  static func groups(_ files: [FileAccount]) -> [(isIncluded: [Bool], openFile: Int?)] {
    var groups: [(isIncluded: [Bool], openFile: Int?)] = []
    let stored = files.map(\.isStored)
    if stored.contains(true) { groups.append((stored, nil)) }
    for ordinal in files.indices where files[ordinal].isOpen {
      groups.append((files.indices.map { $0 == ordinal }, ordinal))
    }
    return groups
  }
}
