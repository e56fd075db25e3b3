/// Little-endian numbers that stand one after another in the bytes of a section; nothing is copied.
package struct FlatColumn<Number: FixedWidthInteger & BitwiseCopyable & Sendable>: Sendable {
  @usableFromInline let bytes: [UInt8]
  @usableFromInline let offset: Int
  package let count: Int

  /// - Precondition: `count` numbers lie in `bytes` from `offset` on.
  package init(_ bytes: [UInt8], offset: Int, count: Int) {
    let (byteCount, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Number>.size)
    precondition(!overflow && count >= 0 && offset >= 0 && offset <= bytes.count)
    precondition(byteCount <= bytes.count - offset)
    self.bytes = bytes
    self.offset = offset
    self.count = count
  }

  package static var empty: FlatColumn { FlatColumn([], offset: 0, count: 0) }

  /// - Precondition: `index` lies in `0..<count`.
  @inlinable
  package subscript(index: Int) -> Number {
    precondition(index >= 0 && index < count)
    // Safe because `init` proved that all `count` numbers lie inside `bytes`.
    return bytes.withUnsafeBytes { source in
      Number(
        littleEndian: source.loadUnaligned(
          fromByteOffset: offset &+ index &* MemoryLayout<Number>.size, as: Number.self))
    }
  }

  /// The bytes of such a column.
  static func encode(_ numbers: [Number]) -> [UInt8] {
    #if _endian(big)
      return numbers.map(\.littleEndian).withUnsafeBytes { Array($0) }
    #else
      return numbers.withUnsafeBytes { Array($0) }
    #endif
  }

  /// The first index in `range` whose number is not below `number`; the column ascends in `range`.
  package func lowerBound(of number: Number, in range: Range<Int>) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = low + (high - low) / 2
      if self[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
