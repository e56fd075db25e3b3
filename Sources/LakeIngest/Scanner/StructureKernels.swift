internal import LakeAVX512

/// What a pass over the bytes of a chunk found.
struct StructureCounts {
  /// Delimiters and line ends.
  var positionCount = 0
  var lineFeedCount = 0
  var hasCarriageReturns = false
}

/// Finds the bytes that give CSV its structure: delimiters, line ends and quotes.
///
/// Unchecked: reads up to `Chunk.padding` bytes past the end and writes at most one position for each byte
/// of the chunk and `spareCount` more; `RecordTable` sees to both.
enum StructureKernels {
  /// Places behind the last position that are written to.
  #if arch(x86_64)
    static let spareCount = WideStructureKernels.spareCount
  #else
    static let spareCount = 4
  #endif

  /// Writes the positions of all delimiters and line ends, ascending, of a chunk without quotes.
  static func structure(
    _ bytes: UnsafePointer<UInt8>, count: Int, delimiter: UInt8,
    positions: UnsafeMutablePointer<UInt32>
  ) -> StructureCounts {
    #if arch(x86_64)
      if Processor.hasAVX512 {
        let found = WideStructureKernels.structure(
          bytes, count: count, delimiter: delimiter, positions: positions)
        return StructureCounts(
          positionCount: found.positionCount, lineFeedCount: found.lineFeedCount,
          hasCarriageReturns: found.hasCarriageReturns)
      }
    #endif
    return narrowStructure(bytes, count: count, delimiter: delimiter, positions: positions)
  }

  /// `structure` on any processor.
  static func narrowStructure(
    _ bytes: UnsafePointer<UInt8>, count: Int, delimiter: UInt8,
    positions: UnsafeMutablePointer<UInt32>
  ) -> StructureCounts {
    var found = StructureCounts()
    var finder = StructureFinder(delimiter: delimiter)
    var block = 0
    while block < count {
      let inside: UInt64 =
        count &- block < 64 ? (1 &<< UInt64(truncatingIfNeeded: count &- block)) &- 1 : ~0
      let masks = finder.masks(bytes + block)
      found.lineFeedCount &+= (masks.lineFeeds & inside).nonzeroBitCount
      writePositions(masks.structure & inside, block: block, positions, &found.positionCount)
      block &+= 64
    }
    found.hasCarriageReturns = finder.hasCarriageReturns
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

  /// Whether each line is a record of `fieldCount` fields: of the positions, every `fieldCount`th is a line end and no
  /// other.
  ///
  /// - Precondition: There are no carriage returns.
  static func areLinesRegular(
    _ bytes: UnsafePointer<UInt8>, positions: UnsafePointer<UInt32>, _ counts: StructureCounts,
    fieldCount: Int
  ) -> Bool {
    guard counts.positionCount == counts.lineFeedCount * fieldCount else { return false }
    var difference: UInt8 = 0
    var last = fieldCount &- 1
    for _ in 0..<counts.lineFeedCount {
      difference |= bytes[Int(positions[last])] ^ Ascii.lineFeed
      last &+= fieldCount
    }
    return difference == 0
  }

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
