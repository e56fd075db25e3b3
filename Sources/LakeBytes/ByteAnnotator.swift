/// Reads a file's fields and keeps what each of them means.
package struct ByteAnnotator {
  private var cursor: ByteCursor
  package private(set) var annotations: [ByteAnnotation] = []

  /// - Parameter base: The offset of `bytes[0]` in the file.
  package init(_ bytes: [UInt8], base: Int) {
    cursor = ByteCursor(bytes, base: base)
  }

  package var remaining: Int { cursor.remaining }

  /// Reads a number; `text` gives the value as people write it.
  @discardableResult
  package mutating func number<Number: FixedWidthInteger>(
    _ type: Number.Type, _ meaning: String, text: (Number) -> String = { "\($0)" }
  ) throws(ByteError) -> Number {
    let start = cursor.offset
    let number: Number = try cursor.readNumber()
    annotations.append(ByteAnnotation(start..<cursor.offset, text(number), meaning))
    return number
  }

  package mutating func double(_ meaning: String) throws(ByteError) {
    try number(UInt64.self, meaning) { "\(Double(bitPattern: $0))" }
  }

  package mutating func digest(_ meaning: String) throws(ByteError) {
    let start = cursor.offset
    let digest = try cursor.readDigest()
    annotations.append(ByteAnnotation(start..<cursor.offset, digest.hexadecimal, meaning))
  }

  /// Reads `count` bytes that are explained as a whole; `text` gives their value.
  @discardableResult
  package mutating func bytes(
    count: Int, _ meaning: String, text: ([UInt8]) -> String = { _ in "" }
  ) throws(ByteError) -> [UInt8] {
    let start = cursor.offset
    let bytes = try cursor.readBytes(count: count)
    if count > 0 {
      annotations.append(ByteAnnotation(start..<cursor.offset, text(bytes), meaning))
    }
    return bytes
  }
}
