internal import TripModel

/// The columns beyond the roles.
extension TripBatch {
  func parseExtras(_ fields: BatchFields, _ format: InputFormat, _ tools: BatchTools) {
    let nulls = format.nulls
    for extra in format.extras {
      switch extra.role.type {
      case .int64:
        parseValues(fields, extra, nulls, .integerSyntax) { start, end in
          let field = Blanks.trim(start, end)
          return IntegerKernels.parse(field.start, end: field.end).map(UInt64.init(bitPattern:))
        }
      case .float64:
        parseValues(fields, extra, nulls, .numberSyntax) { start, end in
          var value = 0.0
          return tools.numbers.parseField(start, end: end, into: &value) ? value.bitPattern : nil
        }
      case .bool:
        parseValues(fields, extra, nulls, .boolSyntax) { start, end in
          BoolKernels.parse(start, end: end).map { $0 ? 1 : 0 }
        }
      case .timestamp:
        parseExtraTimes(fields, extra, nulls)
      case .text:
        let dictionary = tools.texts.extras[extra.textIndex]
        parseValues(fields, extra, nulls, .invalidText) { start, end in
          encode(start, byteCount: end - start, dictionary, fields.sequence).map { UInt64($0) }
        }
      }
    }
    if let place = format.endTimePlace { findEarlyEnds(of: fields.rows, place: place) }
  }

  @inline(__always)
  private func parseValues(
    _ fields: BatchFields, _ extra: InputFormat.Extra, _ nulls: NullSpellings,
    _ reason: RowFault.Reason,
    parse: (UnsafePointer<UInt8>, UnsafePointer<UInt8>) -> UInt64?
  ) {
    let wordCount = layout.wordCount
    for row in fields.rows where !nulls.contains(fields, extra.field, row: row) {
      let value = parse(fields.start(extra.field, row: row), fields.end(extra.field, row: row))
      guard let value else {
        addFault(row: row, field: extra.field, reason)
        continue
      }
      let rowWords = extraWords + row * wordCount
      rowWords[0] |= 1 << UInt64(extra.place)
      rowWords[1 + extra.place] = value
    }
  }

  private func parseExtraTimes(
    _ fields: BatchFields, _ extra: InputFormat.Extra, _ nulls: NullSpellings
  ) {
    parseValues(fields, extra, nulls, .timestampSyntax) { start, end in
      var instant: Int64 = 0
      guard extra.clock.parse(start, end, into: &instant) != nil,
        InputClock.instants.contains(instant)
      else { return nil }
      return UInt64(bitPattern: instant)
    }
  }

  /// Notes the trips that end before they start.
  private func findEarlyEnds(of rows: Range<Int>, place: Int) {
    for row in rows {
      let rowExtras = extraWords + row * layout.wordCount
      let start = Int64(bitPattern: words[row * TripRow.wordCount + TripRow.startTime])
      guard rowExtras[0] >> UInt64(place) & 1 == 1, Int64(bitPattern: rowExtras[1 + place]) < start
      else { continue }
      suspects.append((row, .endsBeforeStart))
    }
  }
}

/// Reads truth values: `true`, `false`, `t`, `f`, `yes`, `no`, `y`, `n`, `1`, `0`, in any case, blanks around them.
enum BoolKernels {
  private static let spellings: [(text: [UInt8], value: Bool)] = [
    ("true", true), ("t", true), ("yes", true), ("y", true), ("1", true), ("false", false),
    ("f", false), ("no", false), ("n", false), ("0", false),
  ].map { (Array($0.0.utf8), $0.1) }

  /// - Returns: `nil` where the text is anything else.
  static func parse(_ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) -> Bool? {
    let field = Blanks.trim(start, end)
    let byteCount = field.end - field.start
    return spellings.first { spelling in
      spelling.text.count == byteCount
        && spelling.text.indices.allSatisfy { index in
          let byte = field.start[index]
          return ((0x41...0x5a).contains(byte) ? byte | 0x20 : byte) == spelling.text[index]
        }
    }?.value
  }
}
