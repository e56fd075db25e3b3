/// What some bytes of a file mean; a list of them that leaves no byte out explains the file.
package struct ByteAnnotation: Hashable, Sendable {
  /// Bytes from the start of the file.
  package let range: Range<Int>
  /// The value as people write it; empty where the bytes themselves say it best.
  package let value: String
  package let meaning: String

  package init(_ range: Range<Int>, _ value: String, _ meaning: String) {
    self.range = range
    self.value = value
    self.meaning = meaning
  }
}

extension ByteAnnotation {
  private static let shownByteCount = 16

  /// One line: offsets in hexadecimal, at most 16 bytes, value, meaning.
  ///
  /// - Precondition: `range` lies inside `bytes`.
  package func line(bytes: [UInt8]) -> String {
    let shown = bytes[range.prefix(Self.shownByteCount)].map { Self.digits(Int($0), width: 2) }
    let more = range.count > Self.shownByteCount ? " …" : ""
    let start = Self.digits(range.lowerBound, width: 6)
    let end = Self.digits(range.upperBound, width: 6)
    let text = value.isEmpty ? meaning : "\(meaning) = \(value)"
    return "\(start)..\(end)  \(text)  [\(shown.joined(separator: " "))\(more)]"
  }

  private static func digits(_ number: Int, width: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
