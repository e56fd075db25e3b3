extension JSONScanner {
  /// Reads a string up to and with its closing quote; the opening one has been read.
  mutating func stringAfterQuote() throws(JSONError) -> String {
    let start = position
    var text: [UInt8] = []
    while true {
      let offset = position
      switch try next() {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          throw error(.invalidUTF8, at: start, "the string is not valid UTF-8")
        }
        return string
      case UInt8(ascii: "\\"): try appendEscape(to: &text, from: offset)
      case 0..<0x20:
        throw error(
          .unexpectedByte, at: offset, "a control character must be written as an escape")
      case let byte: text.append(byte)
      }
    }
  }

  /// Reads what follows a backslash, which stands at `start`.
  private mutating func appendEscape(
    to text: inout [UInt8], from start: Int
  ) throws(JSONError) {
    switch try next() {
    case UInt8(ascii: "\""): text.append(0x22)
    case UInt8(ascii: "\\"): text.append(0x5c)
    case UInt8(ascii: "/"): text.append(0x2f)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0c)
    case UInt8(ascii: "n"): text.append(0x0a)
    case UInt8(ascii: "r"): text.append(0x0d)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text.append(contentsOf: try utf8OfEscape(from: start))
    default: throw error(.invalidEscape, at: start, "there is no such escape")
    }
  }

  /// Reads the digits of `\uXXXX`, and the second half where the first is a surrogate.
  private mutating func utf8OfEscape(from start: Int) throws(JSONError) -> [UInt8] {
    var code = try hexadecimalUnit(from: start)
    if (0xd800..<0xdc00).contains(code) {
      guard try next() == UInt8(ascii: "\\"), try next() == UInt8(ascii: "u") else {
        throw error(.invalidEscape, at: start, "the second half of a surrogate pair is missing")
      }
      let low = try hexadecimalUnit(from: start)
      guard (0xdc00..<0xe000).contains(low) else {
        throw error(.invalidEscape, at: start, "the second half of a surrogate pair is missing")
      }
      code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
    }
    guard let scalar = Unicode.Scalar(code) else {
      throw error(.invalidEscape, at: start, "half a surrogate pair stands alone")
    }
    return Array(String(Character(scalar)).utf8)
  }

  private mutating func hexadecimalUnit(from start: Int) throws(JSONError) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(try next())).hexDigitValue else {
        throw error(.invalidEscape, at: start, "\\u takes four hexadecimal digits")
      }
      unit = unit << 4 | UInt32(digit)
    }
    return unit
  }
}
