#if arch(x86_64)
  internal import CVector
#endif

/// Finds the bytes that give CSV its structure: delimiters, line ends and quotes.
///
/// Unchecked: reads up to `Chunk.padding` bytes past the end and writes at most one position for each byte
/// of the chunk; `RecordTable` sees to both.
enum StructureKernels {
  /// Writes the positions of all delimiters and line ends, ascending.
  ///
  /// - Returns: How many there are, and whether any quote was seen (then the positions inside quoted
  ///   fields are among them, and `quotedStructure` must be used instead).
  static func structure(
    _ bytes: UnsafePointer<UInt8>, count: Int, delimiter: UInt8,
    positions: UnsafeMutablePointer<UInt32>
  ) -> (count: Int, hasQuotes: Bool) {
    var written = 0
    var quotes: UInt64 = 0
    var block = 0
    while block < count {
      var mask = structureMask(bytes + block, delimiter: delimiter, quotes: &quotes)
      if count - block < 64 { mask &= (1 << UInt64(count - block)) - 1 }
      while mask != 0 {
        positions[written] = UInt32(truncatingIfNeeded: block + mask.trailingZeroBitCount)
        written += 1
        mask &= mask - 1
      }
      block += 64
    }
    return (written, quotes != 0)
  }

  #if arch(x86_64)
    /// One bit for each of 64 bytes: delimiter, LF or CR. SSE2, which every x86-64 has.
    @inline(__always)
    private static func structureMask(
      _ bytes: UnsafePointer<UInt8>, delimiter: UInt8, quotes: inout UInt64
    ) -> UInt64 {
      let delimiters = _mm_set1_epi8(CChar(bitPattern: delimiter))
      let lineFeeds = _mm_set1_epi8(0x0a)
      let carriageReturns = _mm_set1_epi8(0x0d)
      let quoteMarks = _mm_set1_epi8(0x22)
      var mask: UInt64 = 0
      var anyQuote = _mm_setzero_si128()
      let raw = UnsafeRawPointer(bytes)
      for part in 0..<4 {
        let vector = raw.loadUnaligned(fromByteOffset: part * 16, as: __m128i.self)
        let hits = _mm_or_si128(
          _mm_cmpeq_epi8(vector, delimiters),
          _mm_or_si128(_mm_cmpeq_epi8(vector, lineFeeds), _mm_cmpeq_epi8(vector, carriageReturns)))
        anyQuote = _mm_or_si128(anyQuote, _mm_cmpeq_epi8(vector, quoteMarks))
        mask |=
          UInt64(UInt32(truncatingIfNeeded: _mm_movemask_epi8(hits))) << UInt64(part * 16)
      }
      quotes |= UInt64(UInt32(truncatingIfNeeded: _mm_movemask_epi8(anyQuote)))
      return mask
    }
  #else
    /// One bit for each of 64 bytes: delimiter, LF or CR.
    @inline(__always)
    private static func structureMask(
      _ bytes: UnsafePointer<UInt8>, delimiter: UInt8, quotes: inout UInt64
    ) -> UInt64 {
      var mask: UInt64 = 0
      for index in 0..<64 {
        let byte = bytes[index]
        let isStructure =
          byte == delimiter || byte == Ascii.lineFeed || byte == Ascii.carriageReturn
        mask |= UInt64(isStructure ? 1 : 0) << UInt64(index)
        quotes |= byte == Ascii.quote ? 1 : 0
      }
      return mask
    }
  #endif

  /// As `structure`, passing over what stands inside quoted fields.
  ///
  /// A quote opens a field only as its first byte; inside, two quotes stand for one. A field that is still
  /// open at the end yields no position for its record's end; line by line, it ends with its line.
  static func quotedStructure(
    _ bytes: UnsafePointer<UInt8>, count: Int, dialect: CSVDialect, isLineByLine: Bool,
    positions: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let delimiter = dialect.delimiter
    var written = 0
    var cursor = 0
    while cursor < count {
      if isComment(bytes, at: cursor, dialect) {
        cursor = lineEnd(bytes, from: cursor, count: count)
      } else if bytes[cursor] == Ascii.quote {
        let limit = isLineByLine ? lineEnd(bytes, from: cursor, count: count) : count
        let close = closingQuote(bytes, from: cursor + 1, count: limit)
        if close == nil, !isLineByLine { return written }
        cursor = close.map { $0 + 1 } ?? limit
      }
      while cursor < count, !isStructure(bytes[cursor], delimiter: delimiter) { cursor += 1 }
      if cursor < count {
        positions[written] = UInt32(truncatingIfNeeded: cursor)
        written += 1
      }
      cursor += 1
    }
    return written
  }

  /// The number of bytes, from the first on, that make whole records; quotes are understood.
  ///
  /// - Parameter isAtEnd: Whether nothing follows, so that a CR at the very end is a line end.
  static func wholeRecordByteCount(
    _ bytes: UnsafePointer<UInt8>, count: Int, dialect: CSVDialect, isAtEnd: Bool
  ) -> Int {
    let delimiter = dialect.delimiter
    var whole = 0
    var cursor = 0
    while cursor < count {
      if isComment(bytes, at: cursor, dialect) {
        cursor = lineEnd(bytes, from: cursor, count: count)
      } else if bytes[cursor] == Ascii.quote {
        guard let close = closingQuote(bytes, from: cursor + 1, count: count) else { return whole }
        cursor = close + 1
      }
      while cursor < count, !isStructure(bytes[cursor], delimiter: delimiter) { cursor += 1 }
      guard cursor < count else { return whole }
      let byte = bytes[cursor]
      cursor += 1
      if byte == Ascii.lineFeed {
        whole = cursor
      } else if byte == Ascii.carriageReturn {
        // A CR at the very end may be the first half of a CRLF.
        guard cursor < count || isAtEnd else { return whole }
        if cursor < count, bytes[cursor] == Ascii.lineFeed { cursor += 1 }
        whole = cursor
      }
    }
    return whole
  }

  /// Whether a comment begins at `cursor`, where a field begins.
  @inline(__always)
  private static func isComment(
    _ bytes: UnsafePointer<UInt8>, at cursor: Int, _ dialect: CSVDialect
  ) -> Bool {
    guard let comment = dialect.comment, bytes[cursor] == comment else { return false }
    return cursor == 0 || bytes[cursor - 1] == Ascii.lineFeed
      || bytes[cursor - 1] == Ascii.carriageReturn
  }

  private static func lineEnd(
    _ bytes: UnsafePointer<UInt8>, from start: Int, count: Int
  ) -> Int {
    var cursor = start
    while cursor < count, bytes[cursor] != Ascii.lineFeed, bytes[cursor] != Ascii.carriageReturn {
      cursor += 1
    }
    return cursor
  }

  @inline(__always)
  private static func isStructure(_ byte: UInt8, delimiter: UInt8) -> Bool {
    byte == delimiter || byte == Ascii.lineFeed || byte == Ascii.carriageReturn
  }

  /// The position of the quote that closes a field, or `nil` where it stays open.
  private static func closingQuote(
    _ bytes: UnsafePointer<UInt8>, from start: Int, count: Int
  ) -> Int? {
    var cursor = start
    while cursor < count {
      if bytes[cursor] == Ascii.quote {
        guard cursor + 1 < count, bytes[cursor + 1] == Ascii.quote else { return cursor }
        cursor += 1
      }
      cursor += 1
    }
    return nil
  }
}
