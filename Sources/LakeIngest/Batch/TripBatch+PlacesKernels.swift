internal import LakeAVX512
internal import TripModel

/// Origins and destinations.
extension TripBatch {
  func parsePlaces(_ fields: BatchFields, _ format: InputFormat, _ numbers: DecimalKernels) {
    if Processor.hasAVX512, case .point(let origin) = format.mapping.origin,
      case .point(let destination) = format.mapping.destination
    {
      parsePairs(fields, origin: origin, destination: destination, numbers)
    } else {
      parseOrigins(fields, format, numbers)
      parseDestinations(fields, format, numbers)
    }
    if let rounding = format.rounding { roundCoordinates(of: fields.rows, rounding) }
  }

  private func parseOrigins(
    _ fields: BatchFields, _ format: InputFormat, _ numbers: DecimalKernels
  ) {
    switch format.mapping.origin {
    case .point(let field):
      parsePoints(fields, field: field, word: TripRow.originX, mayBeAbsent: false, numbers)
    case .axes(let x, let y):
      parseAxes(fields, x: x, y: y, word: TripRow.originX, mayBeAbsent: false, format, numbers)
    }
  }

  private func parseDestinations(
    _ fields: BatchFields, _ format: InputFormat, _ numbers: DecimalKernels
  ) {
    switch format.mapping.destination {
    case .point(let field):
      parsePoints(fields, field: field, word: TripRow.destinationX, mayBeAbsent: true, numbers)
    case .axes(let x, let y):
      parseAxes(fields, x: x, y: y, word: TripRow.destinationX, mayBeAbsent: true, format, numbers)
    case nil:
      for row in fields.rows { markAbsent(row: row, word: TripRow.destinationX) }
    }
  }

  @inline(__always)
  private func parsePoints(
    _ fields: BatchFields, field: Int, word: Int, mayBeAbsent: Bool, _ numbers: DecimalKernels
  ) {
    for row in fields.rows {
      parsePoint(fields, row: row, field: field, word: word, mayBeAbsent: mayBeAbsent, numbers)
    }
  }

  @inline(__always)
  private func parsePoint(
    _ fields: BatchFields, row: Int, field: Int, word: Int, mayBeAbsent: Bool,
    _ numbers: DecimalKernels
  ) {
    let start = fields.start(field, row: row)
    let end = fields.end(field, row: row)
    let place = words + (row &* TripRow.wordCount &+ word)
    if UsualPointKernels.parse(start, end: end, numbers: numbers, into: place) { return }
    if mayBeAbsent, start == end {
      markAbsent(row: row, word: word)
    } else {
      parsePoint(start, end: end, row: row, field: field, word: word, numbers)
    }
  }

  /// Reads both points of a row together, and those apart that are not as usual.
  private func parsePairs(
    _ fields: BatchFields, origin: Int, destination: Int, _ numbers: DecimalKernels
  ) {
    #if arch(x86_64)
      let rowCount = fields.rows.count
      // What rows are left, and three numbers a row besides.
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 4 * rowCount) { memory in
        guard let unread = memory.baseAddress else { return }
        let first = fields.rows.lowerBound
        let places = fields.places
        let unreadCount = WidePointKernels.parse(
          fields.bytes, starts: places.starts + first * places.fieldCount,
          startShift: places.startShift, ends: places.ends + first * places.fieldCount,
          fieldCount: places.fieldCount, origin: origin, destination: destination,
          rowCount: rowCount, into: words + first * TripRow.wordCount + TripRow.originX,
          placeStride: TripRow.wordCount, shapes: pointShapes.memory, scratch: unread + rowCount,
          unread: unread)
        for index in 0..<unreadCount {
          let row = first + Int(unread[index])
          parsePoint(
            fields, row: row, field: origin, word: TripRow.originX, mayBeAbsent: false, numbers)
          parsePoint(
            fields, row: row, field: destination, word: TripRow.destinationX, mayBeAbsent: true,
            numbers)
        }
      }
    #endif
  }

  @inline(never)
  private func parsePoint(
    _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, row: Int, field: Int, word: Int,
    _ numbers: DecimalKernels
  ) {
    var x = 0.0
    var y = 0.0
    let isPoint = PointKernels.parse(start, end: end, numbers: numbers, x: &x, y: &y)
    store(x, y, row: row, word: word)
    if !isPoint {
      addFault(row: row, field: field, .pointSyntax)
    } else if x.magnitude > 180 || y.magnitude > 90 {
      addFault(row: row, field: field, .coordinateRange)
    }
  }

  private func parseAxes(
    _ fields: BatchFields, x xField: Int, y yField: Int, word: Int, mayBeAbsent: Bool,
    _ format: InputFormat, _ numbers: DecimalKernels
  ) {
    let nulls = format.nulls
    for row in fields.rows {
      if mayBeAbsent, nulls.contains(fields, xField, row: row),
        nulls.contains(fields, yField, row: row)
      {
        markAbsent(row: row, word: word)
        continue
      }
      var x = 0.0
      var y = 0.0
      let isX = numbers.parseField(
        fields.start(xField, row: row), end: fields.end(xField, row: row), into: &x)
      let isY = numbers.parseField(
        fields.start(yField, row: row), end: fields.end(yField, row: row), into: &y)
      store(x, y, row: row, word: word)
      if !isX || !isY {
        addFault(row: row, field: isX ? yField : xField, .coordinateSyntax)
      } else if x.magnitude > 180 || y.magnitude > 90 {
        addFault(row: row, field: x.magnitude > 180 ? xField : yField, .coordinateRange)
      }
    }
  }

  @inline(__always)
  private func store(_ x: Double, _ y: Double, row: Int, word: Int) {
    let rowWords = words + row * TripRow.wordCount
    rowWords[word] = x.bitPattern
    rowWords[word + 1] = y.bitPattern
    if Self.isAtZero(rowWords + word) { mayBeAtZero = true }
  }

  @inline(__always)
  private func markAbsent(row: Int, word: Int) {
    let rowWords = words + row * TripRow.wordCount
    rowWords[word] = TripRow.absent
    rowWords[word + 1] = TripRow.absent
  }

  private func roundCoordinates(of rows: Range<Int>, _ rounding: CoordinateRounding) {
    mayBeAtZero = true
    for row in rows {
      let rowWords = words + row * TripRow.wordCount
      for word in TripRow.originX...TripRow.destinationY where rowWords[word] != TripRow.absent {
        rowWords[word] = rounding.round(Double(bitPattern: rowWords[word])).bitPattern
      }
    }
  }
}

extension DecimalKernels {
  /// Parses a field that is one number and blanks around it.
  func parseField(
    _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, into result: inout Double
  ) -> Bool {
    let field = Blanks.trim(start, end)
    var cursor = field.start
    return cursor < field.end && parse(&cursor, end: field.end, into: &result)
      && cursor == field.end
  }
}

/// Blanks and tabs around a value.
enum Blanks {
  @inline(__always)
  static func trim(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) -> (start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) {
    var start = start
    var end = end
    while start < end, start.pointee == Ascii.space || start.pointee == Ascii.tab { start += 1 }
    while start < end, end[-1] == Ascii.space || end[-1] == Ascii.tab { end -= 1 }
    return (start, end)
  }
}

/// What stands for a value that is not there.
struct NullSpellings: Sendable {
  private let hasEmpty: Bool
  private let others: [[UInt8]]
  /// Whether nothing within quotes is a text.
  private let hasQuotedEmptyTexts: Bool

  init(_ definition: InputDefinition) {
    hasEmpty = definition.nulls.contains("")
    others = definition.nulls.filter { !$0.isEmpty }.map(\.bytes)
    hasQuotedEmptyTexts = definition.hasQuotedEmptyTexts || definition.otherColumns == .lake
  }

  @inline(__always)
  func contains(_ fields: BatchFields, _ field: Int, row: Int) -> Bool {
    let start = fields.start(field, row: row)
    let byteCount = fields.end(field, row: row) - start
    if byteCount == 0 {
      return hasEmpty && !(hasQuotedEmptyTexts && Self.isQuoted(start, after: fields.bytes))
    }
    return !others.isEmpty && isOther(start, byteCount)
  }

  /// Whether quotes stand around the empty field at `start`; the chunk begins at `first`.
  private static func isQuoted(
    _ start: UnsafePointer<UInt8>, after first: UnsafePointer<UInt8>
  ) -> Bool {
    start > first && start[-1] == Ascii.quote && start[0] == Ascii.quote
  }

  private func isOther(_ start: UnsafePointer<UInt8>, _ byteCount: Int) -> Bool {
    others.contains { other in
      other.count == byteCount && other.indices.allSatisfy { other[$0] == start[$0] }
    }
  }
}
