/// How the numbers of a page are packed: all with one width, or in frames of 64, each above its own smallest
/// number with its own width.
///
/// Rows that lie side by side on the map have numbers side by side, so a frame is far narrower than its page.
///
/// ```
///  framed:
///  +-------------------+----------------------------+---------+---------+-----+
///  | widths, u8 each   | smallest numbers,          | frame 0 | frame 1 |  …  |
///  |                   | bit-packed                 |         |         |     |
///  +-------------------+----------------------------+---------+---------+-----+
/// ```
///
/// Format: `formats/encodings/bit-packing.md`.
struct NumberPacking: Hashable {
  static let numbersPerFrame = 64
  /// Set in the byte of the width where the numbers are framed.
  static let framedFlag: UInt8 = 0x80

  /// Every number fits it. 0 to 64.
  let width: Int
  var isFramed = false

  /// The byte on disk.
  var code: UInt8 { UInt8(width) | (isFramed ? Self.framedFlag : 0) }

  /// A width that any sum of a frame's smallest number and another of its numbers fits: of bytes that are no
  /// writer's, one more than `width`.
  var sumWidth: Int { isFramed ? width + 1 : width }

  static func frameCount(of count: Int) -> Int { (count + numbersPerFrame - 1) / numbersPerFrame }
}
