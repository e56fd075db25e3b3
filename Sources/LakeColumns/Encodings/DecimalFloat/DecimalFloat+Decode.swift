extension DecimalFloat {
  /// - Parameter places: Scratch, overwritten.
  static func decode(
    _ cursor: inout PageCursor, count: Int, into words: inout ColumnBuffer<UInt64>,
    places: inout ColumnBuffer<UInt64>
  ) throws(ColumnError) {
    let layout = try DecimalFloat(decoding: &cursor, count: count)
    try cursor.unpack(count: count, layout.packing, into: &words)
    DecimalFloatKernels.restore(&words, reference: layout.reference, exponent: layout.exponent)
    try layout.readPlaces(&cursor, count: count, into: &places)
    for index in 0..<places.count {
      words[Int(places[index])] = try cursor.readNumber(UInt64.self)
    }
  }

  /// Replaces `places` by those of the exceptions, which ascend and are below `count`.
  func readPlaces(
    _ cursor: inout PageCursor, count: Int, into places: inout ColumnBuffer<UInt64>
  ) throws(ColumnError) {
    let start = cursor.position
    try cursor.unpack(
      count: exceptionCount, width: Self.placeWidth(count: count), into: &places)
    var next: UInt64 = 0
    for index in 0..<places.count {
      guard places[index] >= next, places[index] < UInt64(count) else {
        throw ColumnError(
          .outOfRange, at: start, "the places of exceptions do not ascend below \(count)")
      }
      next = places[index] + 1
    }
  }

  init(decoding cursor: inout PageCursor, count: Int) throws(ColumnError) {
    let exponentPlace = cursor.position
    let exponent = Int(try cursor.readByte())
    guard Self.exponents.contains(exponent) else {
      throw ColumnError(.outOfRange, at: exponentPlace, "an exponent of \(exponent)")
    }
    let packing = try cursor.readPacking()
    let reference = try cursor.readNumber(Int64.self)
    let countPlace = cursor.position
    let exceptionCount = Int(try cursor.readNumber(UInt32.self))
    guard exceptionCount <= count else {
      throw ColumnError(.outOfRange, at: countPlace, "\(exceptionCount) exceptions of \(count)")
    }
    self.init(
      exponent: exponent, packing: packing, reference: reference, exceptionCount: exceptionCount)
  }
}
