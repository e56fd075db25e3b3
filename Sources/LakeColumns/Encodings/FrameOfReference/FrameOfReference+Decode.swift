extension FrameOfReference {
  static func decode(
    _ cursor: inout PageCursor, count: Int, into words: inout ColumnBuffer<UInt64>
  ) throws(ColumnError) {
    let layout = try FrameOfReference(decoding: &cursor)
    try cursor.unpack(count: count, layout.packing, into: &words)
    FrameOfReferenceKernels.restore(
      &words, reference: layout.reference, divisor: layout.divisor,
      width: layout.packing.sumWidth)
  }

  init(decoding cursor: inout PageCursor) throws(ColumnError) {
    let reference = try cursor.readNumber(UInt64.self)
    let place = cursor.position
    let divisor = try cursor.readNumber(UInt64.self)
    guard divisor > 0 else { throw ColumnError(.outOfRange, at: place, "a divisor of 0") }
    self.init(reference: reference, divisor: divisor, packing: try cursor.readPacking())
  }
}
