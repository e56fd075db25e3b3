/// Doubles as magnitudes above the smallest magnitude of their sign, without the low bits that none uses.
///
/// The magnitude of a double is its bit pattern without the sign bit; magnitudes are ordered as the
/// numbers are. Every bit pattern comes back, NaNs and -0.0 included. With both signs in a page, each
/// packed number's lowest bit is the sign, so that values on both sides of zero stay narrow.
///
/// ```
///  0       1       2       3             11            19 (or 11 with one sign)
///  +-------+-------+-------+-------------+-------------+------------------------------+
///  | signs | shift | width | reference   | reference   | offsets, bit-packed          |
///  |       |       |       | (or of +)   | (of -)      |                              |
///  +-------+-------+-------+-------------+-------------+------------------------------+
/// ```
///
/// Format: `formats/encodings/ordered-float.md`.
struct OrderedFloat: Hashable {
  /// Which signs the page holds; the raw value is the code on disk.
  enum Signs: UInt8 {
    case positive = 1
    case negative = 2
    case both = 3
  }

  let signs: Signs
  /// How many low bits all offsets share; they are not stored. At most 63.
  let shift: Int
  /// Of a packed number, its sign bit included where there is one.
  let packing: NumberPacking
  let positiveReference: UInt64
  let negativeReference: UInt64

  var width: Int { packing.width }
  var headerByteCount: Int { signs == .both ? 19 : 11 }

  /// The reference of a page with one sign.
  var reference: UInt64 { signs == .negative ? negativeReference : positiveReference }
}
