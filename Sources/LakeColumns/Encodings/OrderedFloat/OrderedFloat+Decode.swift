extension OrderedFloat {
  static func decode(
    _ cursor: inout PageCursor, count: Int, into words: inout ColumnBuffer<UInt64>
  ) throws(ColumnError) {
    let layout = try OrderedFloat(decoding: &cursor)
    try cursor.unpack(count: count, layout.packing, into: &words)
    OrderedFloatKernels.restore(&words, layout: layout)
  }

  init(decoding cursor: inout PageCursor) throws(ColumnError) {
    let place = cursor.position
    guard let signs = Signs(rawValue: try cursor.readByte()) else {
      throw ColumnError(.outOfRange, at: place, "unknown signs")
    }
    let shift = try cursor.readByte()
    guard shift <= 63 else {
      throw ColumnError(.outOfRange, at: place + 1, "a shift of \(shift) bits")
    }
    let packing = try cursor.readPacking()
    let first = try cursor.readNumber(UInt64.self)
    let second = signs == .both ? try cursor.readNumber(UInt64.self) : first
    self.init(
      signs: signs, shift: Int(shift), packing: packing, positiveReference: first,
      negativeReference: second)
  }
}
