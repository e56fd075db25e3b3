internal import LakeColumns
internal import LakeFile
internal import TripModel

/// Finds the rows in memory of one partition that are equal to rows of trip files.
///
/// A table of the rows by origin and time is asked about each row of a file; only what it knows is compared column
/// by column. So of most files three columns are decoded.
///
/// Unchecked: the rows are those of the sort, which keeps them where they are.
final class StoredRowProbe {
  private let sort: PartitionSort
  private let isDroppable: [Bool]
  /// Open addressing: an index of the sort, or -1.
  private let table: UnsafeMutablePointer<Int32>
  private let mask: Int
  private var scratch = PageScratch()
  private var originX = ColumnBuffer<UInt64>()
  private var originY = ColumnBuffer<UInt64>()
  private var startTime = ColumnBuffer<UInt64>()

  init(_ sort: PartitionSort, isDroppable: [Bool]) {
    self.sort = sort
    self.isDroppable = isDroppable
    var capacity = 64
    while capacity < sort.count * 2 { capacity *= 2 }
    mask = capacity - 1
    table = .allocate(capacity: capacity)
    table.initialize(repeating: -1, count: capacity)
    for index in 0..<sort.count { insert(index) }
  }

  deinit {
    table.deallocate()
  }

  /// Calls `body` with the place in the sort of each row that is equal to one of the file.
  func forEachEqual(in reader: TripFileReader, _ body: (Int) -> Void) throws {
    let file = try StoredRows(reader, sort: sort)
    for block in 0..<reader.blockCount {
      try decode(reader, block)
      let candidates = candidates(rowCount: reader.rowCount(ofBlock: block))
      guard !candidates.isEmpty else { continue }
      let rows = try file.block(block)
      for candidate in candidates {
        // The one before may have been equal to it too.
        guard !sort.isRemoved(candidate.index),
          rows.isEqual(candidate.row, to: sort.number(candidate.index))
        else { continue }
        body(candidate.index)
      }
    }
  }

  private func decode(_ reader: TripFileReader, _ block: Int) throws(TripFileError) {
    try reader.decode(column: .originX, block: block, into: &originX, scratch: &scratch)
    try reader.decode(column: .originY, block: block, into: &originY, scratch: &scratch)
    try reader.decode(column: .startTime, block: block, into: &startTime, scratch: &scratch)
  }

  /// The rows of the block that have origin and time of rows in memory.
  private func candidates(rowCount: Int) -> [(row: Int, index: Int)] {
    var candidates: [(row: Int, index: Int)] = []
    for row in 0..<rowCount {
      let (x, y, time) = (originX[row], originY[row], startTime[row])
      var place = Self.hash(x, y, time) & mask
      while table[place] >= 0 {
        let index = Int(table[place])
        if !sort.isRemoved(index) {
          let words = sort.blocks[sort.number(index)]
          if words[TripRow.originX] == x, words[TripRow.originY] == y,
            words[TripRow.startTime] == time
          {
            candidates.append((row, index))
          }
        }
        place = (place + 1) & mask
      }
    }
    return candidates
  }

  private func insert(_ index: Int) {
    let words = sort.blocks[sort.number(index)]
    guard isDroppable[TripRow.fileOrdinal(words[TripRow.provenance])] else { return }
    var place =
      Self.hash(words[TripRow.originX], words[TripRow.originY], words[TripRow.startTime]) & mask
    while table[place] >= 0 { place = (place + 1) & mask }
    table[place] = Int32(index)
  }

  @inline(__always)
  private static func hash(_ x: UInt64, _ y: UInt64, _ time: UInt64) -> Int {
    let mixed =
      (x &* 0x9e37_79b9_7f4a_7c15 ^ y &* 0xc2b2_ae3d_27d4_eb4f) &+ time &* 0xd6e8_feb8_6659_fd93
    return Int(truncatingIfNeeded: mixed >> 20 ^ mixed >> 41)
  }
}

/// The columns of one trip file, to be compared with rows in memory.
struct StoredRows {
  private let reader: TripFileReader
  private let sort: PartitionSort
  /// For each code of the file's sources its rank in memory; `nil` where no row in memory has it.
  private let sourceRanks: [UInt32?]
  /// Of the extra columns of text.
  private let dictionaries: [ColumnID: [ByteString]]

  init(_ reader: TripFileReader, sort: PartitionSort) throws(TripFileError) {
    self.reader = reader
    self.sort = sort
    var dictionaries: [ColumnID: [ByteString]] = [:]
    for column in reader.columns where column.type == .text && column.id >= .firstExtra {
      dictionaries[column.id] = try reader.dictionary(of: column.id)
    }
    self.dictionaries = dictionaries
    let known = sort.ranks.sources
    sourceRanks = try reader.dictionary(of: .source).map { source in
      var low = 0
      var high = known.count
      while low < high {
        let middle = (low + high) / 2
        if known[middle] < source { low = middle + 1 } else { high = middle }
      }
      return low < known.count && known[low] == source ? UInt32(low) : nil
    }
  }

  func block(_ block: Int) throws(TripFileError) -> Block {
    var columns: [ColumnID: StoredBlockColumn] = [:]
    for definition in reader.columns {
      columns[definition.id] = try StoredBlockColumn(reader, definition.id, block: block)
    }
    return Block(
      columns: columns, dictionaries: dictionaries, sort: sort, sourceRanks: sourceRanks)
  }

  struct Block {
    fileprivate let columns: [ColumnID: StoredBlockColumn]
    fileprivate let dictionaries: [ColumnID: [ByteString]]
    fileprivate let sort: PartitionSort
    fileprivate let sourceRanks: [UInt32?]

    /// Whether a row of the block has the values of a row in memory, in every column of either.
    func isEqual(_ row: Int, to number: UInt32) -> Bool {
      let words = sort.blocks[number]
      let roles: [(ColumnID, Int)] = [
        (.originX, TripRow.originX), (.originY, TripRow.originY),
        (.destinationX, TripRow.destinationX), (.destinationY, TripRow.destinationY),
        (.startTime, TripRow.startTime),
      ]
      for (id, word) in roles {
        let value = columns[id]?.word(row) ?? TripRow.absent
        guard value == words[word] else { return false }
      }
      guard let source = columns[.source]?.word(row).flatMap({ sourceRanks[Int($0)] }),
        source == sort.ranks.rank(words[TripRow.provenance])
      else { return false }
      return areExtrasEqual(row, to: number)
    }

    private func areExtrasEqual(_ row: Int, to number: UInt32) -> Bool {
      let texts = sort.extraOrder.texts
      let rows = DuplicateRows(blocks: sort.blocks, ranks: sort.ranks, texts: texts)
      for (place, definition) in texts.layout.columns.enumerated() {
        let column = columns[definition.id]
        let value = column?.word(row)
        let own = rows.extra(number, place: place)
        guard (value == nil) == (own == nil) else { return false }
        guard let value, let own else { continue }
        if let textIndex = texts.textIndexes[place] {
          guard
            dictionaries[definition.id]?[Int(value)].bytes
              == rows.text(number, word: own, textIndex: textIndex)
          else { return false }
        } else if value != own {
          return false
        }
      }
      let ids = Set(texts.layout.columns.map(\.id))
      return columns.allSatisfy { id, column in
        id < .firstExtra || ids.contains(id) || column.word(row) == nil
      }
    }
  }
}
