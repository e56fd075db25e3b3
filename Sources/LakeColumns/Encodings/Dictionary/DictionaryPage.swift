/// The distinct words of a page, ascending as unsigned numbers, and an index into them for each value.
///
/// ```
///  0       2             10      11
///  +-------+-------------+-------+-------------------------+----------------------------+
///  | count | reference   | width | words - reference,      | indexes, bit-packed with   |
///  |       | (smallest)  |       | bit-packed              | the width of count - 1     |
///  +-------+-------------+-------+-------------------------+----------------------------+
/// ```
///
/// Format: `formats/encodings/dictionary.md`.
struct DictionaryPage: Hashable {
  static let headerByteCount = 11
  static let wordCounts = 1...4096

  let wordCount: Int
  let reference: UInt64
  let wordWidth: Int

  var indexWidth: Int { BitPacking.width(of: UInt64(wordCount - 1)) }
}
