/// A page whose values are all the same: the one word, eight bytes.
///
/// Format: `formats/encodings/constant.md`.
struct ConstantPage: Hashable {
  let value: UInt64

  var byteCount: Int { 8 }

  func encode(into bytes: inout ColumnBuffer<UInt8>) {
    bytes.append(number: value)
  }

  static func decode(
    _ cursor: inout PageCursor, count: Int, into words: inout ColumnBuffer<UInt64>
  ) throws(ColumnError) {
    let value = try cursor.readNumber(UInt64.self)
    words.removeAll()
    words.resize(to: count, filling: value)
  }
}
