internal import TripModel

/// Reads the first record of a file, the names of its columns as a rule, and those behind it one by one.
struct HeaderReader {
  private let bytes: [UInt8]
  private let delimiter: UInt8
  /// What a comment begins with.
  private let comment: UInt8?
  /// Whether `bytes` are all of the file, so that a header without a line end is whole.
  private let isWhole: Bool
  /// Where the record behind the header begins.
  private(set) var position = 0
  private(set) var blankCount = 0
  private(set) var commentCount = 0
  private(set) var lineCount = 0
  /// Where the first record itself begins, and the lines before it.
  private(set) var recordStart = 0
  private(set) var linesBefore = 0

  init(_ bytes: [UInt8], delimiter: UInt8, comment: UInt8? = nil, isWhole: Bool) {
    self.bytes = bytes
    self.delimiter = delimiter
    self.comment = comment
    self.isWhole = isWhole
  }

  /// The names, or the next record; `nil` where blank lines and comments follow at most.
  ///
  /// - Throws: `IngestError.unsupportedText` for UTF-16 and for a header that has no end.
  mutating func read() throws(IngestError) -> [ByteString]? {
    if position == 0 { try skipByteOrderMark() }
    while position < bytes.count {
      recordStart = position
      linesBefore = lineCount
      if let comment, bytes[position] == comment {
        try skipLine()
        commentCount += 1
        continue
      }
      let names = try readRecord()
      if bytes[recordStart..<position].allSatisfy(Self.isBlank) {
        blankCount += 1
      } else {
        return names
      }
    }
    return nil
  }

  private mutating func skipLine() throws(IngestError) {
    while position < bytes.count, bytes[position] != Ascii.lineFeed,
      bytes[position] != Ascii.carriageReturn
    {
      position += 1
    }
    guard position < bytes.count || isWhole else { throw endless() }
    if position < bytes.count { skipLineEnd() }
    lineCount += 1
  }

  /// Moves behind the line end at `position`.
  private mutating func skipLineEnd() {
    let isCarriageReturn = bytes[position] == Ascii.carriageReturn
    position += 1
    if isCarriageReturn, position < bytes.count, bytes[position] == Ascii.lineFeed { position += 1 }
  }

  private mutating func skipByteOrderMark() throws(IngestError) {
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
      throw IngestError(
        .unsupportedText, "the text is UTF-16; convert it to UTF-8 first, for example with iconv")
    }
  }

  private mutating func readRecord() throws(IngestError) -> [ByteString] {
    var names: [ByteString] = []
    while true {
      names.append(ByteString(bytes: try readField()))
      guard position < bytes.count else {
        guard isWhole else { throw endless() }
        lineCount += 1
        return names
      }
      if bytes[position] == delimiter {
        position += 1
        continue
      }
      skipLineEnd()
      lineCount += 1
      return names
    }
  }

  /// One field; `position` is then at the delimiter, the line end or the end of the bytes.
  private mutating func readField() throws(IngestError) -> [UInt8] {
    var field: [UInt8] = []
    if position < bytes.count, bytes[position] == Ascii.quote {
      position += 1
      while true {
        guard position < bytes.count else { throw endless() }
        let byte = bytes[position]
        position += 1
        if byte == Ascii.quote {
          guard position < bytes.count, bytes[position] == Ascii.quote else { break }
          position += 1
        } else if byte == Ascii.lineFeed
          || (byte == Ascii.carriageReturn
            && !(position < bytes.count && bytes[position] == Ascii.lineFeed))
        {
          lineCount += 1
        }
        field.append(byte)
      }
      guard position >= bytes.count || isFieldEnd(bytes[position]) else {
        throw IngestError(.unsupportedText, "the header has text behind a closing quote")
      }
    }
    while position < bytes.count, !isFieldEnd(bytes[position]) {
      field.append(bytes[position])
      position += 1
    }
    return field
  }

  private func isFieldEnd(_ byte: UInt8) -> Bool {
    byte == delimiter || byte == Ascii.lineFeed || byte == Ascii.carriageReturn
  }

  /// A byte of a line that holds nothing; its line end is one.
  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == Ascii.space || byte == Ascii.tab || byte == Ascii.lineFeed
      || byte == Ascii.carriageReturn
  }

  private func endless() -> IngestError {
    IngestError(.unsupportedText, "the header has no end within \(bytes.count) bytes")
  }
}
