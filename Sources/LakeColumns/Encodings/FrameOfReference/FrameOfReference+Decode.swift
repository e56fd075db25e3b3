extension FrameOfReference {
  static func decode(
    _ cursor: inout PageCursor, count: Int, into words: inout ColumnBuffer<UInt64>
  ) throws(ColumnError) {
    let reference = try cursor.readNumber(UInt64.self)
    let place = cursor.position
    let divisor = try cursor.readNumber(UInt64.self)
    guard divisor > 0 else { throw ColumnError(.outOfRange, at: place, "a divisor of 0") }
    let width = try cursor.readWidth()
    try cursor.unpack(count: count, width: width, into: &words)
    FrameOfReferenceKernels.restore(&words, reference: reference, divisor: divisor)
  }
}
