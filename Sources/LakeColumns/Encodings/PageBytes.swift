extension ColumnBuffer where Element == UInt8 {
  /// Appends a number, least significant byte first.
  package mutating func append<Number: FixedWidthInteger>(number: Number) {
    for index in 0..<Number.bitWidth / 8 {
      append(UInt8(truncatingIfNeeded: number >> (index * 8)))
    }
  }
}
