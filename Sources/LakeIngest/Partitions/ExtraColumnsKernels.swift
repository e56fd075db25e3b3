internal import LakeColumns

/// The extra columns of the rows of one file; used again and again.
///
/// Unchecked: `set` is called for rows below the count that `resize` made room for.
final class ExtraColumns {
  let columns: [ColumnVector]
  private let texts: ExtraTexts
  private let ranks: [TextRanks?]
  private var rowCount = 0
  private var rowCapacity = 0
  /// The words of all columns, column after column, each `rowCapacity` long.
  private var words: UnsafeMutablePointer<UInt64>
  /// Of each row: bit `i` says whether column `i` has a value.
  private var presences: UnsafeMutablePointer<UInt64>

  init(_ texts: ExtraTexts) {
    self.texts = texts
    columns = texts.layout.columns.map { ColumnVector(definition: $0) }
    ranks = texts.textIndexes.map { $0.map { TextRanks(texts, textIndex: $0) } }
    words = .allocate(capacity: 1)
    presences = .allocate(capacity: 1)
  }

  deinit {
    words.deallocate()
    presences.deallocate()
  }

  func resize(rowCount: Int) {
    guard !columns.isEmpty else { return }
    self.rowCount = rowCount
    guard rowCount > rowCapacity else { return }
    words.deallocate()
    presences.deallocate()
    rowCapacity = rowCount
    words = .allocate(capacity: rowCount * columns.count)
    presences = .allocate(capacity: rowCount)
  }

  /// Takes the extra words of a row, laid out as `ExtraLayout` says.
  @inline(__always)
  func set(_ row: Int, _ extras: UnsafePointer<UInt64>, worker: Int) {
    presences[row] = extras[0]
    for place in texts.textIndexes.indices {
      let value = extras[1 + place]
      let isText = texts.textIndexes[place] != nil && extras[0] >> UInt64(place) & 1 == 1
      words[place * rowCapacity + row] =
        isText ? ExtraTexts.word(worker: worker, code: value) : value
    }
  }

  /// Fills the columns: words, bitmaps, dictionaries.
  func finish() {
    for (place, column) in columns.enumerated() {
      let source = UnsafeMutableBufferPointer(start: words + place * rowCapacity, count: rowCount)
      if let ranks = ranks[place] {
        column.dictionary = ranks.replace(source) { isValid($0, place) }
      }
      column.words.resize(to: rowCount, filling: 0)
      column.words.withUnsafeMutableBufferPointer { buffer in
        if let base = buffer.baseAddress, let start = source.baseAddress {
          base.update(from: start, count: rowCount)
        }
      }
      column.validity = bitmap(place)
    }
  }

  @inline(__always)
  private func isValid(_ row: Int, _ place: Int) -> Bool {
    presences[row] >> UInt64(place) & 1 == 1
  }

  /// - Returns: `nil` where every row has a value.
  private func bitmap(_ place: Int) -> ColumnBuffer<UInt64>? {
    var bitmap = ColumnBuffer<UInt64>()
    bitmap.resize(to: (rowCount + 63) / 64, filling: 0)
    var validCount = 0
    for row in 0..<rowCount where isValid(row, place) {
      bitmap[row / 64] |= 1 << UInt64(row % 64)
      validCount += 1
    }
    return validCount == rowCount ? nil : consume bitmap
  }
}
