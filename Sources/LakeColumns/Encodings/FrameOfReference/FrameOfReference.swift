/// Words as multiples above the smallest one: value = reference + divisor · quotient, modulo 2^64.
///
/// ```
///  0             8             16      17
///  +-------------+-------------+-------+----------------------------+
///  | reference   | divisor     | width | quotients, bit-packed      |
///  +-------------+-------------+-------+----------------------------+
/// ```
///
/// Format: `formats/encodings/frame-of-reference.md`.
struct FrameOfReference: Hashable {
  static let headerByteCount = 17

  let reference: UInt64
  /// At least 1.
  let divisor: UInt64
  let packing: NumberPacking

  var width: Int { packing.width }
}
