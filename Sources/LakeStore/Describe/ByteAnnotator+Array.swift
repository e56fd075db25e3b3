internal import LakeBytes

extension ByteAnnotator {
  /// How many values of an array are written out.
  private static var shownValueCount: Int { 6 }

  /// Reads `count` numbers in a row that have one meaning; the first few are written out.
  @discardableResult
  mutating func array<Number: FixedWidthInteger>(
    of type: Number.Type, count: Int, _ meaning: String, text: (Number) -> String = { "\($0)" }
  ) throws(ByteError) -> [Number] {
    let width = Number.bitWidth / 8
    var numbers: [Number] = []
    try bytes(count: count * width, meaning) { bytes in
      var cursor = ByteCursor(bytes)
      numbers = (try? cursor.readArray(of: type, count: count)) ?? []
      let more = count > Self.shownValueCount ? " …" : ""
      return numbers.prefix(Self.shownValueCount).map(text).joined(separator: " ") + more
    }
    return numbers
  }
}
