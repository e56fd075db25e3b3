internal import LakeStore
internal import TripModel

/// The rows of one partition, and where they lie.
struct PartitionRows {
  /// Rows that are to be written together.
  struct Run {
    let group: InputGroup
    /// Number of its first trip file within the transaction.
    let firstFileNumber: UInt32
  }

  let key: PartitionKey
  let slabs: [RowStore.Slab]
  let rowCount: Int
  let runs: [Run]
}

/// Input files whose rows may be written together.
struct InputGroup {
  /// Which input files they are.
  let isIncluded: [Bool]
  /// The one file that it is, where that file is not read to its end yet and may still fail.
  let openInput: Int?
}

/// Divides what workers hold in memory by partitions, and these into runs.
struct PartitionPlan {
  /// Most rows first, so that threads end together.
  private(set) var partitions: [PartitionRows]
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
    var slabs: [PartitionKey: [RowStore.Slab]] = [:]
    for (index, worker) in workers.enumerated() {
      for (slot, tableKey) in worker.partitions.keys.enumerated() {
        let region = ByteString(
          bytes: worker.texts.regions[Int(PartitionTable.region(ofKey: tableKey))])
        let key = PartitionKey(
          region: region, week: ISOWeek(index: PartitionTable.week(ofKey: tableKey)))
        slabs[key, default: []] += worker.rows.slabs(ofSlot: slot).map {
          blocks.slab($0, ofStore: index)
        }
      }
    }
    partitions = []
    nextFileNumber = firstFileNumber
    let groups = Self.groups(files)
    for (key, slabs) in slabs.sorted(by: { $0.key < $1.key }) {
      let rowCount = slabs.reduce(0) { $0 + $1.rowCount }
      var runs: [PartitionRows.Run] = []
      for group in groups {
        runs.append(PartitionRows.Run(group: group, firstFileNumber: nextFileNumber))
        nextFileNumber += UInt32((rowCount + fileRowLimit - 1) / fileRowLimit)
      }
      partitions.append(PartitionRows(key: key, slabs: slabs, rowCount: rowCount, runs: runs))
    }
    partitions.sort { ($0.rowCount, $1.key) > ($1.rowCount, $0.key) }
  }

  static func groups(_ files: [FileAccount]) -> [InputGroup] {
    var groups: [InputGroup] = []
    let stored = files.map(\.isStored)
    if stored.contains(true) { groups.append(InputGroup(isIncluded: stored, openInput: nil)) }
    for ordinal in files.indices where files[ordinal].isOpen {
      groups.append(
        InputGroup(isIncluded: files.indices.map { $0 == ordinal }, openInput: ordinal))
    }
    return groups
  }
}
