#if arch(x86_64)
  internal import CVector
#endif

/// What a pass over the bytes of a chunk found.
struct StructureCounts {
  /// Delimiters and line ends.
  var positionCount = 0
  var lineEndCount = 0
  /// Any quote was seen: the positions inside quoted fields are among those found, and `quotedStructure` must
  /// be used instead.
  var hasQuotes = false
  var hasCarriageReturns = false
}

/// Finds the bytes that give CSV its structure: delimiters, line ends and quotes.
///
/// Unchecked: reads up to `Chunk.padding` bytes past the end and writes at most one position for each byte
/// of the chunk and `spareCount` more; `RecordTable` sees to both.
enum StructureKernels {
  /// Places behind the last position, and the last line end, that are written to.
  static let spareCount = 4

  /// The bytes of a block of 64 that matter, one bit for each.
  private struct Masks {
    var structure: UInt64
    var lineEnds: UInt64
  }

  /// Bits of all blocks together.
  private struct Seen {
    var quotes: UInt64 = 0
    var carriageReturns: UInt64 = 0
  }

  /// Writes the positions of all delimiters and line ends, ascending, and, for each line end, its index among
  /// them.
  static func structure(
    _ bytes: UnsafePointer<UInt8>, count: Int, delimiter: UInt8,
    positions: UnsafeMutablePointer<UInt32>, lineEnds: UnsafeMutablePointer<UInt32>
  ) -> StructureCounts {
    var found = StructureCounts()
    var seen = Seen()
    var block = 0
    while block < count {
      var masks = masks(bytes + block, delimiter: delimiter, &seen)
      if count &- block < 64 {
        let inside: UInt64 = (1 &<< UInt64(truncatingIfNeeded: count &- block)) &- 1
        masks.structure &= inside
        masks.lineEnds &= inside
      }
      writeLineEnds(masks, before: found.positionCount, lineEnds, &found.lineEndCount)
      writePositions(masks.structure, block: block, positions, &found.positionCount)
      block &+= 64
    }
    found.hasQuotes = seen.quotes != 0
    found.hasCarriageReturns = seen.carriageReturns != 0
    return found
  }

  /// Four places are written whatever the mask, so that the usual few bits cost no branch that is hard to foresee.
  @inline(__always)
  private static func writePositions(
    _ mask: UInt64, block: Int, _ positions: UnsafeMutablePointer<UInt32>, _ count: inout Int
  ) {
    let start = positions + count
    count &+= mask.nonzeroBitCount
    var mask = mask
    var target = start
    repeat {
      for place in 0..<4 {
        target[place] = UInt32(truncatingIfNeeded: block &+ mask.trailingZeroBitCount)
        mask &= mask &- 1
      }
      target += 4
    } while mask != 0
  }

  /// As `writePositions`, one at a time: lines are seldom shorter than 64 bytes.
  @inline(__always)
  private static func writeLineEnds(
    _ masks: Masks, before: Int, _ lineEnds: UnsafeMutablePointer<UInt32>, _ count: inout Int
  ) {
    var mask = masks.lineEnds
    var target = lineEnds + count
    count &+= mask.nonzeroBitCount
    repeat {
      // Those up to the line end itself.
      let upTo = masks.structure & (mask ^ (mask &- 1))
      target.pointee = UInt32(truncatingIfNeeded: before &+ upTo.nonzeroBitCount &- 1)
      mask &= mask &- 1
      target += 1
    } while mask != 0
  }

  #if arch(x86_64)
    @inline(__always)
    private static func masks(
      _ bytes: UnsafePointer<UInt8>, delimiter: UInt8, _ seen: inout Seen
    ) -> Masks {
      let raw = UnsafeRawPointer(bytes)
      let low = raw.loadUnaligned(as: __m256i.self)
      let high = raw.loadUnaligned(fromByteOffset: 32, as: __m256i.self)
      let delimiters = _mm256_set1_epi8(CChar(bitPattern: delimiter))
      let carriageReturns = places(of: _mm256_set1_epi8(0x0d), low, high)
      let lineEnds = places(of: _mm256_set1_epi8(0x0a), low, high) | carriageReturns
      let quoteMarks = _mm256_set1_epi8(0x22)
      let anyQuote = _mm256_or_si256(
        _mm256_cmpeq_epi8(low, quoteMarks), _mm256_cmpeq_epi8(high, quoteMarks))
      seen.quotes |= UInt64(UInt32(bitPattern: _mm256_movemask_epi8(anyQuote)))
      seen.carriageReturns |= carriageReturns
      return Masks(structure: places(of: delimiters, low, high) | lineEnds, lineEnds: lineEnds)
    }

    /// One bit for each byte of the two halves that is the one wanted.
    @inline(__always)
    private static func places(of wanted: __m256i, _ low: __m256i, _ high: __m256i) -> UInt64 {
      let lowBits = UInt32(bitPattern: _mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted)))
      let highBits = UInt32(bitPattern: _mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted)))
      return UInt64(lowBits) | UInt64(highBits) << 32
    }
  #else
    @inline(__always)
    private static func masks(
      _ bytes: UnsafePointer<UInt8>, delimiter: UInt8, _ seen: inout Seen
    ) -> Masks {
      var masks = Masks(structure: 0, lineEnds: 0)
      for index in 0..<64 {
        let byte = bytes[index]
        let bit: UInt64 = 1 << UInt64(index)
        if byte == Ascii.lineFeed || byte == Ascii.carriageReturn { masks.lineEnds |= bit }
        if byte == delimiter { masks.structure |= bit }
        seen.quotes |= byte == Ascii.quote ? 1 : 0
        seen.carriageReturns |= byte == Ascii.carriageReturn ? 1 : 0
      }
      masks.structure |= masks.lineEnds
      return masks
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
