/// Numbers of one width laid end to end, without a gap between them.
///
/// Value k occupies the bits from k·width of a string of bits, in which bit 0 is the least significant bit
/// of the first byte. The last byte is filled with zero bits.
///
/// Format: `formats/encodings/bit-packing.md`.
package enum BitPacking {
  /// The narrowest width that holds `value`; 0 for 0.
  package static func width(of value: UInt64) -> Int { 64 - value.leadingZeroBitCount }

  /// The bytes of `count` packed values.
  ///
  /// - Precondition: `count` is at most 2^32 and `width` at most 64, so that nothing overflows.
  package static func byteCount(count: Int, width: Int) -> Int { (count * width + 7) / 8 }

  /// Appends `values` packed.
  ///
  /// - Precondition: `width` is 0 to 64 and every value fits it.
  package static func pack(
    _ values: Span<UInt64>, width: Int, into bytes: inout ColumnBuffer<UInt8>
  ) {
    precondition(width >= 0 && width <= 64, "a width is 0 to 64 bits")
    BitPackingKernels.pack(values, width: width, into: &bytes)
  }

  /// Replaces `values` by `count` unpacked numbers.
  ///
  /// - Precondition: `width` is 0 to 64, and `bytes` are exactly those of `count` such values.
  package static func unpack(
    _ bytes: Span<UInt8>, width: Int, count: Int, into values: inout ColumnBuffer<UInt64>
  ) {
    precondition(width >= 0 && width <= 64, "a width is 0 to 64 bits")
    precondition(bytes.count == byteCount(count: count, width: width))
    values.removeAll()
    BitPackingKernels.unpack(bytes, width: width, count: count, appendingTo: &values)
  }

  /// Whether the bits after the last value are zero.
  ///
  /// - Precondition: `bytes` are exactly those of `count` values of `width` bits.
  package static func hasZeroPadding(_ bytes: Span<UInt8>, width: Int, count: Int) -> Bool {
    let used = (count * width) % 8
    return used == 0 || bytes.isEmpty || bytes[bytes.count - 1] >> UInt8(used) == 0
  }
}
