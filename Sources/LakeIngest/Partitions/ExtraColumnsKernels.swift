internal import LakeColumns
internal import TripModel

/// The extra columns of some rows of one file; used again and again.
///
/// Unchecked: `set` is called for rows below the count that `resize` made room for.
final class ExtraColumns {
  let columns: [ColumnVector]
  private let notes: RowNotes
  private var rowCount = 0
  private var rowCapacity = 0
  /// The words of all columns, column after column, each `rowCapacity` long.
  private var words: UnsafeMutablePointer<UInt64>
  /// Of each row: bit `i` says whether column `i` has a value.
  private var presences: UnsafeMutablePointer<UInt64>

  init(_ layout: ExtraLayout, _ notes: RowNotes) {
    self.notes = notes
    columns = layout.columns.map { ColumnVector(definition: $0) }
    words = .allocate(capacity: 1)
    presences = .allocate(capacity: 1)
  }

  deinit {
    words.deallocate()
    presences.deallocate()
  }

  func place(of column: ColumnVector) -> Int? {
    columns.firstIndex { $0.definition.id == column.definition.id }
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
    for place in notes.texts.indices {
      var value = extras[1 + place]
      if let codes = notes.texts[place], isValid(row, place) {
        value = UInt64(codes[ExtraTexts.word(worker: worker, code: value)])
      }
      words[place * rowCapacity + row] = value
    }
  }

  /// Fills the columns: words and bitmaps.
  func finish() {
    for (place, column) in columns.enumerated() {
      let source = words + place * rowCapacity
      column.words.resize(to: rowCount, filling: 0)
      column.words.withUnsafeMutableBufferPointer { buffer in
        buffer.baseAddress?.update(from: source, count: rowCount)
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
