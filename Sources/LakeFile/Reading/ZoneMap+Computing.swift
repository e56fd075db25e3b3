internal import LakeColumns
internal import TripModel

extension ZoneMap {
  /// Computes the zone map of a whole column from its values, independently of the encoder.
  init(of column: ColumnVector) {
    var bitmap = ColumnBuffer<UInt64>()
    column.copyValidity(rows: 0..<column.rowCount, into: &bitmap)
    self.init(
      words: column.words, validity: bitmap, isFloat: column.definition.type == .float64)
  }

  private init(
    words: borrowing ColumnBuffer<UInt64>, validity: borrowing ColumnBuffer<UInt64>, isFloat: Bool
  ) {
    let words = words.span
    let validity = validity.span
    var least = Int64.max
    var most = Int64.min
    var nullCount = 0
    var nanCount = 0
    for row in 0..<words.count {
      if !validity.isEmpty && !ValidityBitmap.isValid(validity, row: row) {
        nullCount += 1
        continue
      }
      let word = words[row]
      if isFloat && Double(bitPattern: word).isNaN {
        nanCount += 1
        continue
      }
      let key = isFloat ? FloatOrder.key(word) : Int64(bitPattern: word)
      least = min(key, least)
      most = max(key, most)
    }
    self.init(
      rowCount: words.count, nullCount: nullCount, nanCount: nanCount, minimum: 0, maximum: 0)
    guard hasRange else { return }
    minimum = isFloat ? FloatOrder.word(ofKey: least) : UInt64(bitPattern: least)
    maximum = isFloat ? FloatOrder.word(ofKey: most) : UInt64(bitPattern: most)
    if isFloat && minimum == 0 { minimum = FloatOrder.signBit }
    if isFloat && maximum == FloatOrder.signBit { maximum = 0 }
  }
}
