extension DecimalFloat {
  /// - Parameter places: Scratch, overwritten.
  static func decode(
    _ cursor: inout PageCursor, count: Int, into words: inout ColumnBuffer<UInt64>,
    places: inout ColumnBuffer<UInt64>
  ) throws(ColumnError) {
    let layout = try DecimalFloat(decoding: &cursor, count: count)
    try cursor.unpack(count: count, width: layout.width, into: &words)
    DecimalFloatKernels.restore(&words, reference: layout.reference, exponent: layout.exponent)
    let placesStart = cursor.position
    try cursor.unpack(
      count: layout.exceptionCount, width: placeWidth(count: count), into: &places)
    var next: UInt64 = 0
    for index in 0..<places.count {
      guard places[index] >= next, places[index] < UInt64(count) else {
        throw ColumnError(
          .outOfRange, at: placesStart, "the places of exceptions do not ascend below \(count)")
      }
      next = places[index] + 1
      words[Int(places[index])] = try cursor.readNumber(UInt64.self)
    }
  }

  init(decoding cursor: inout PageCursor, count: Int) throws(ColumnError) {
    let exponentPlace = cursor.position
    let exponent = Int(try cursor.readByte())
    guard Self.exponents.contains(exponent) else {
      throw ColumnError(.outOfRange, at: exponentPlace, "an exponent of \(exponent)")
    }
    let width = try cursor.readWidth()
    let reference = try cursor.readNumber(Int64.self)
    let countPlace = cursor.position
    let exceptionCount = Int(try cursor.readNumber(UInt32.self))
    guard exceptionCount <= count else {
      throw ColumnError(.outOfRange, at: countPlace, "\(exceptionCount) exceptions of \(count)")
    }
    self.init(
      exponent: exponent, width: width, reference: reference, exceptionCount: exceptionCount)
  }
}
