internal import TripModel

/// The rows in memory, as duplicates are told of.
///
/// Unchecked: row numbers are those of rows in the blocks, which do not change meanwhile, and whose layout has
/// positions.
struct DuplicateRows {
  let blocks: RowBlocks
  let ranks: SourceRanks
  let texts: ExtraTexts

  func position(_ row: UInt32) -> RowPosition {
    RowPosition(word: blocks.extras(row)[texts.layout.positionWord])
  }

  func fileOrdinal(_ row: UInt32) -> Int {
    TripRow.fileOrdinal(blocks[row][TripRow.provenance])
  }

  func balance(_ row: UInt32) -> RowBalance {
    var balance = RowBalance()
    balance.add(blocks[row])
    balance.add(blocks.extras(row), count: texts.layout.wordCount)
    return balance
  }

  /// Two coordinates; `nil` where the row has no such place.
  func place(_ row: UInt32, word: Int) -> (x: Double, y: Double)? {
    let words = blocks[row]
    guard words[word] != TripRow.absent else { return nil }
    return (Double(bitPattern: words[word]), Double(bitPattern: words[word + 1]))
  }

  func startTime(_ row: UInt32) -> Int64 { Int64(bitPattern: blocks[row][TripRow.startTime]) }

  func source(_ row: UInt32) -> ByteString {
    ranks.sources[Int(ranks.rank(blocks[row][TripRow.provenance]))]
  }

  /// The word of an extra column; `nil` where the row has no value.
  func extra(_ row: UInt32, place: Int) -> UInt64? {
    let words = blocks.extras(row)
    return words[0] >> UInt64(place) & 1 == 1 ? words[1 + place] : nil
  }

  /// The text of an extra column that has a value.
  func text(_ row: UInt32, word: UInt64, textIndex: Int) -> [UInt8] {
    let worker = TripRow.worker(blocks[row][TripRow.provenance])
    return Array(texts.bytes(ExtraTexts.word(worker: worker, code: word), textIndex: textIndex))
  }
}
