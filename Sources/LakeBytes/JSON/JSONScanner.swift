/// Moves over the bytes of a JSON text and reads its words, numbers and strings.
struct JSONScanner {
  private let bytes: [UInt8]
  private(set) var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  func error(_ code: JSONError.Code, at offset: Int, _ message: String) -> JSONError {
    JSONError(code, in: bytes, at: offset, message)
  }

  mutating func skipByteOrderMark() {
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
  }

  /// - Returns: The offset of the next byte that is not white space.
  @discardableResult
  mutating func skipSpace() -> Int {
    while position < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[position]) {
      position += 1
    }
    return position
  }

  mutating func next() throws(JSONError) -> UInt8 {
    guard position < bytes.count else {
      throw error(.unexpectedEnd, at: bytes.count, "the text ends too early")
    }
    defer { position += 1 }
    return bytes[position]
  }

  /// Passes over white space and then `byte`, if that is what stands there.
  mutating func accept(_ byte: UInt8) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  mutating func expectEnd() throws(JSONError) {
    skipSpace()
    guard position == bytes.count else {
      throw error(.trailingText, at: position, "nothing may follow the value")
    }
  }

  /// Reads the rest of a word whose first byte has been read.
  mutating func expectRest(of word: String, from start: Int) throws(JSONError) {
    for expected in word.utf8.dropFirst() {
      guard try next() == expected else {
        throw error(.unexpectedByte, at: start, "\"\(word)\" is expected")
      }
    }
  }
}

extension JSONScanner {
  /// Reads the number that begins at `start`, whose first byte has been read.
  mutating func number(from start: Int) throws(JSONError) -> JSONValue {
    position = start
    acceptByte(UInt8(ascii: "-"))
    let integerStart = position
    let integerDigits = skipDigits()
    guard integerDigits > 0 else {
      throw error(.invalidNumber, at: position, "a digit is expected")
    }
    guard integerDigits == 1 || bytes[integerStart] != UInt8(ascii: "0") else {
      throw error(.invalidNumber, at: integerStart, "a number may not begin with a needless 0")
    }
    var isInteger = true
    if acceptByte(UInt8(ascii: ".")) {
      isInteger = false
      guard skipDigits() > 0 else {
        throw error(.invalidNumber, at: position, "a digit is expected after the point")
      }
    }
    if acceptByte(UInt8(ascii: "e")) || acceptByte(UInt8(ascii: "E")) {
      isInteger = false
      if !acceptByte(UInt8(ascii: "+")) { acceptByte(UInt8(ascii: "-")) }
      guard skipDigits() > 0 else {
        throw error(.invalidNumber, at: position, "a digit is expected in the exponent")
      }
    }
    return try value(ofNumber: start..<position, isInteger: isInteger)
  }

  private func value(
    ofNumber range: Range<Int>, isInteger: Bool
  ) throws(JSONError) -> JSONValue {
    let text = String(decoding: bytes[range], as: UTF8.self)
    // Minus zero is a double: an integer would lose its sign.
    if isInteger, text != "-0", let integer = Int64(text) { return .integer(integer) }
    guard let number = Double(text), number.isFinite else {
      throw error(.numberOutOfRange, at: range.lowerBound, "\(text) is too large")
    }
    return .number(number)
  }

  @discardableResult
  private mutating func acceptByte(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position])
    {
      position += 1
    }
    return position - start
  }
}
