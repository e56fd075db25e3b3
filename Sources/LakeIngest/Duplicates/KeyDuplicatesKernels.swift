internal import LakeBytes
internal import LakeColumns
internal import LakeFile
internal import TripModel

/// Finds the rows in memory whose key stands in an earlier row, whatever their partitions.
///
/// Rows are sorted by a hash of their keys; the keys themselves are compared where hashes are equal. A row with a
/// null in its key is no duplicate.
///
/// Unchecked: row numbers are those of slabs, which do not change meanwhile.
final class KeyDuplicates {
  private struct Entry {
    let hash: UInt64
    let position: RowPosition
    let row: UInt32
    /// The index of its partition.
    let partition: Int32
    var isDropped = false
  }

  /// What a row takes in memory: its entry, half of it again while entries are sorted, and what is found.
  static let entryByteCount =
    MemoryLayout<Entry>.stride * 3 / 2 + 2 * MemoryLayout<FoundDuplicate>.stride

  private let rows: DuplicateRows
  /// The places of the key's columns in the layout.
  private let places: [Int]
  private let textHashes: KeyTextHashes
  private var entries: [Entry] = []
  /// Of each partition.
  private(set) var found: [[FoundDuplicate]]

  var isEmpty: Bool { entries.isEmpty }

  /// - Parameter isKeyed: Of each input file, whether its rows are looked at.
  init(
    _ rows: DuplicateRows, key: [ByteString], partitions: [PartitionRows], isKeyed: [Bool]
  ) {
    self.rows = rows
    found = partitions.map { _ in [] }
    places = key.compactMap { rows.texts.layout.place(of: $0) }
    textHashes = KeyTextHashes(rows.texts, places: places)
    guard places.count == key.count else { return }
    entries.reserveCapacity(partitions.reduce(0) { $0 + $1.rowCount })
    for (partition, content) in partitions.enumerated() {
      for slab in content.slabs { add(slab, partition: Int32(partition), isKeyed) }
    }
    entries.sort { ($0.hash, $0.position) < ($1.hash, $1.position) }
    findInMemory()
  }

  /// Finds the rows whose key stands in a file.
  func find(in reader: TripFileReader, at place: EarlierPlace) throws(TripFileError) {
    let ids = places.map { rows.texts.layout.columns[$0].id }
    guard ids.allSatisfy(reader.hasColumn) else { return }
    let columns = try ids.map { id throws(TripFileError) in
      try StoredKeyColumn(reader, id)
    }
    if columns.count == 1, columns[0].isText {
      for code in columns[0].dictionary.indices {
        drop(hash: KeyTextHashes.combine(0, columns[0].hashes[code]), at: place) { row in
          isEqual(row, [columns[0].dictionary[code].bytes])
        }
      }
      return
    }
    for block in 0..<reader.blockCount {
      let blocks = try columns.map { column throws(TripFileError) in try column.block(block) }
      for row in 0..<reader.rowCount(ofBlock: block) {
        guard let hash = Self.hash(blocks, row) else { continue }
        drop(hash: hash, at: place) { number in
          zip(blocks, places).allSatisfy { block, place in
            isEqual(number, place: place, to: block, row)
          }
        }
      }
    }
  }

  private func add(_ slab: RowStore.Slab, partition: Int32, _ isKeyed: [Bool]) {
    for index in 0..<slab.rowCount {
      let row = slab.firstRow &+ UInt32(truncatingIfNeeded: index)
      guard isKeyed[rows.fileOrdinal(row)], let hash = hash(row) else { continue }
      entries.append(
        Entry(hash: hash, position: rows.position(row), row: row, partition: partition))
    }
  }

  private func hash(_ row: UInt32) -> UInt64? {
    var hash: UInt64 = 0
    for place in places {
      guard let word = rows.extra(row, place: place) else { return nil }
      let worker = TripRow.worker(rows.blocks[row][TripRow.provenance])
      hash = KeyTextHashes.combine(hash, textHashes.value(word, place: place, worker: worker))
    }
    return hash
  }

  private static func hash(_ blocks: [StoredKeyColumn.Block], _ row: Int) -> UInt64? {
    var hash: UInt64 = 0
    for block in blocks {
      guard let value = block.hash(row) else { return nil }
      hash = KeyTextHashes.combine(hash, value)
    }
    return hash
  }

  private func findInMemory() {
    var start = 0
    while start < entries.count {
      var end = start + 1
      while end < entries.count, entries[end].hash == entries[start].hash { end += 1 }
      for index in start + 1..<max(end, start + 1) {
        let first = (start..<index).first { earlier in
          !entries[earlier].isDropped && areEqual(entries[earlier].row, entries[index].row)
        }
        guard let first else { continue }
        drop(index, first: .row(entries[first].row))
      }
      start = end
    }
  }

  private func drop(
    hash: UInt64, at place: EarlierPlace, isEqual: (UInt32) -> Bool
  ) {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].hash < hash { low = middle + 1 } else { high = middle }
    }
    while low < entries.count, entries[low].hash == hash {
      if !entries[low].isDropped, isEqual(entries[low].row) {
        drop(low, first: .stored(place))
      }
      low += 1
    }
  }

  private func drop(_ index: Int, first: FoundDuplicate.First) {
    entries[index].isDropped = true
    let duplicate = FoundDuplicate(row: entries[index].row, first: first)
    found[Int(entries[index].partition)].append(duplicate)
  }

  private func areEqual(_ left: UInt32, _ right: UInt32) -> Bool {
    places.allSatisfy { place in
      guard let first = rows.extra(left, place: place), let second = rows.extra(right, place: place)
      else { return false }
      guard let textIndex = rows.texts.textIndexes[place] else { return first == second }
      return rows.text(left, word: first, textIndex: textIndex)
        == rows.text(right, word: second, textIndex: textIndex)
    }
  }

  private func isEqual(_ row: UInt32, _ texts: [[UInt8]]) -> Bool {
    zip(places, texts).allSatisfy { place, text in
      guard let word = rows.extra(row, place: place), let textIndex = rows.texts.textIndexes[place]
      else { return false }
      return rows.text(row, word: word, textIndex: textIndex) == text
    }
  }

  private func isEqual(
    _ number: UInt32, place: Int, to block: StoredKeyColumn.Block, _ row: Int
  ) -> Bool {
    guard let own = rows.extra(number, place: place), let word = block.word(row) else {
      return false
    }
    guard let textIndex = rows.texts.textIndexes[place] else { return own == word }
    return rows.text(number, word: own, textIndex: textIndex) == block.text(word)
  }
}

/// Hashes of the values of key columns.
private struct KeyTextHashes {
  /// For each place and worker the hash of each code; empty for columns other than text.
  private var hashes: [Int: [[UInt64]]] = [:]

  init(_ texts: ExtraTexts, places: [Int]) {
    for place in places {
      guard let textIndex = texts.textIndexes[place] else { continue }
      hashes[place] = texts.counts(textIndex: textIndex).enumerated().map { worker, count in
        (0..<count).map { code in
          let word = ExtraTexts.word(worker: worker, code: UInt64(code))
          return Checksum.xxh3_64(
            UnsafeRawBufferPointer(texts.bytes(word, textIndex: textIndex)))
        }
      }
    }
  }

  func value(_ word: UInt64, place: Int, worker: Int) -> UInt64 {
    hashes[place].map { $0[worker][Int(word)] } ?? word
  }

  static func combine(_ hash: UInt64, _ value: UInt64) -> UInt64 {
    let mixed = (hash ^ value) &* 0x9e37_79b9_7f4a_7c15
    return mixed ^ mixed >> 32
  }
}

/// A key column of a trip file.
private struct StoredKeyColumn {
  let isText: Bool
  let dictionary: [ByteString]
  /// Of the texts of the dictionary.
  let hashes: [UInt64]
  private let reader: TripFileReader
  private let id: ColumnID

  init(_ reader: TripFileReader, _ id: ColumnID) throws(TripFileError) {
    self.reader = reader
    self.id = id
    isText = reader.columns.contains { $0.id == id && $0.type == .text }
    dictionary = isText ? try reader.dictionary(of: id) : []
    hashes = dictionary.map { Checksum.xxh3_64($0.bytes) }
  }

  func block(_ block: Int) throws(TripFileError) -> Block {
    Block(values: try StoredBlockColumn(reader, id, block: block), column: self)
  }

  struct Block {
    fileprivate let values: StoredBlockColumn
    fileprivate let column: StoredKeyColumn

    func word(_ row: Int) -> UInt64? { values.word(row) }

    func hash(_ row: Int) -> UInt64? {
      word(row).map { column.isText ? column.hashes[Int($0)] : $0 }
    }

    func text(_ word: UInt64) -> [UInt8] { column.dictionary[Int(word)].bytes }
  }
}
