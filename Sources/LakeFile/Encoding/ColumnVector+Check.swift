internal import LakeColumns
internal import TripModel

extension ColumnVector {
  /// A column of no values, defined as another, with its dictionary.
  convenience init(nulls rowCount: Int, like other: ColumnVector) {
    var words = ColumnBuffer<UInt64>()
    words.resize(to: rowCount, filling: 0)
    var bitmap = ColumnBuffer<UInt64>()
    bitmap.resize(to: ValidityBitmap.wordCount(rowCount: rowCount), filling: 0)
    self.init(
      definition: other.definition, words: words, validity: consume bitmap,
      dictionary: other.dictionary)
  }

  /// How many rows have a value.
  var validCount: Int {
    switch validity {
    case .some(let bitmap): ValidityBitmap.validCount(bitmap.span, rowCount: rowCount)
    case .none: rowCount
    }
  }

  /// Whether the bitmap is as long as it must be, zero past the last row, and the word of each null is 0.
  var isBitmapWellFormed: Bool {
    switch validity {
    case .some(let bitmap):
      guard bitmap.count == ValidityBitmap.wordCount(rowCount: rowCount) else { return false }
      let rest = rowCount % 64
      if rest > 0 && bitmap[bitmap.count - 1] >> UInt64(rest) != 0 { return false }
      for row in 0..<rowCount where !ValidityBitmap.isValid(bitmap.span, row: row) {
        if words[row] != 0 { return false }
      }
      return true
    case .none: return true
    }
  }

  /// Whether the texts ascend strictly and the format can hold them.
  var isDictionaryWellFormed: Bool {
    var byteCount = 0
    for index in dictionary.indices {
      if index > 0 && dictionary[index - 1] >= dictionary[index] { return false }
      byteCount += dictionary[index].byteCount + 4
    }
    return byteCount <= UInt32.max
  }

  /// The column itself, or a copy without the texts that no row uses.
  ///
  /// - Precondition: Every word of a row with a value is an index of the dictionary.
  func withUsedDictionary() -> ColumnVector {
    var used = [Bool](repeating: false, count: dictionary.count)
    if hasBitmap {
      for row in 0..<rowCount where isValid(row: row) { used[Int(words[row])] = true }
    } else {
      WordKernels.mark(words, in: &used)
    }
    guard used.contains(false) else { return self }
    var next: UInt64 = 0
    let codes = used.map { isUsed in
      defer { if isUsed { next += 1 } }
      return isUsed ? next : 0
    }
    return recoded(codes, dictionary: zip(dictionary, used).filter(\.1).map(\.0))
  }

  private func recoded(_ codes: [UInt64], dictionary: [ByteString]) -> ColumnVector {
    var recoded = ColumnBuffer<UInt64>(capacity: rowCount)
    for row in 0..<rowCount {
      recoded.append(isValid(row: row) ? codes[Int(words[row])] : 0)
    }
    var bitmap: ColumnBuffer<UInt64>?
    if hasBitmap {
      var copy = ColumnBuffer<UInt64>()
      copyValidity(rows: 0..<rowCount, into: &copy)
      if !copy.isEmpty { bitmap = consume copy }
    }
    return ColumnVector(
      definition: definition, words: recoded, validity: bitmap, dictionary: dictionary)
  }
}
