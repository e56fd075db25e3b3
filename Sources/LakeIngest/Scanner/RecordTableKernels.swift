/// A record that has not as many fields as the header, or a quote out of place.
struct MalformedRecord {
  enum Fault {
    case fieldCount(Int)
    case textAfterQuote(field: Int)
    case endless
  }

  let range: Range<Int>
  let fault: Fault
}

/// Where the records and fields of a chunk lie, as bytes from the chunk's start.
///
/// Where each line is a record, which is as good as always, the positions of delimiters and line ends say it all.
/// Else the places of records and fields are written down: record `r` spans `recordStarts[r]..<recordEnds[r]`, and its
/// field `f` what `fieldStarts` and `fieldEnds` hold at `r * fieldCount + f`, quotes taken off; a field with doubled
/// quotes lies, as it reads without them, behind the chunk's records.
final class RecordTable {
  private(set) var fieldCount = 0
  private(set) var count = 0
  private(set) var blankCount = 0
  private(set) var commentCount = 0
  private(set) var malformed: [MalformedRecord] = []
  /// Where blank lines and comments begin.
  private var passedOver: [Int] = []
  private var dialect = CSVDialect(delimiter: Ascii.comma)
  private var areLinesRecords = false

  private var recordStarts: UnsafeMutablePointer<UInt32>
  private var recordEnds: UnsafeMutablePointer<UInt32>
  private var fieldStarts: UnsafeMutablePointer<UInt32>
  private var fieldEnds: UnsafeMutablePointer<UInt32>
  /// Of delimiters and line ends. Before the first stands what is one less than 0, where the first field begins.
  private var positions: UnsafeMutablePointer<UInt32>
  private var byteCapacity = 0
  /// Where the next field that had doubled quotes is written.
  private var unquotedEnd = 0

  init() {
    recordStarts = .allocate(capacity: 1)
    recordEnds = .allocate(capacity: 1)
    fieldStarts = .allocate(capacity: 1)
    fieldEnds = .allocate(capacity: 1)
    positions = Self.allocatePositions(capacity: 0)
  }

  deinit {
    deallocate()
  }

  /// Splits a chunk of whole records into fields.
  ///
  /// - Complexity: O(n) in the bytes; memory is kept from call to call.
  func scan(_ chunk: Chunk, dialect: CSVDialect, fieldCount: Int) {
    // A ragged record takes fewer bytes than it has fields.
    reserve(dialect.isRagged ? chunk.byteCount * fieldCount : chunk.byteCount)
    self.fieldCount = fieldCount
    self.dialect = dialect
    count = 0
    blankCount = 0
    commentCount = 0
    malformed.removeAll(keepingCapacity: true)
    passedOver.removeAll(keepingCapacity: true)
    areLinesRecords = false
    if chunk.isOversized {
      malformed.append(MalformedRecord(range: 0..<chunk.byteCount, fault: .endless))
      return
    }
    guard chunk.hasQuotes else { return scanUnquoted(chunk) }
    let positionCount = StructureKernels.quotedStructure(
      chunk.bytes, count: chunk.byteCount, dialect: dialect,
      isLineByLine: chunk.isLineByLine, positions: positions)
    unquotedEnd = chunk.byteCount + Chunk.padding
    chunk.reserve(unquotedEnd + chunk.byteCount, keeping: unquotedEnd)
    divide(chunk.bytes, positionCount: positionCount, hasQuotes: true)
  }

  private func scanUnquoted(_ chunk: Chunk) {
    let found = StructureKernels.structure(
      chunk.bytes, count: chunk.byteCount, delimiter: dialect.delimiter, positions: positions)
    // A record of one field may be blank, and a comment of any number.
    areLinesRecords =
      !found.hasCarriageReturns && dialect.comment == nil && fieldCount > 1
      && StructureKernels.areLinesRegular(
        chunk.bytes, positions: positions, found, fieldCount: fieldCount)
    if areLinesRecords {
      count = found.lineFeedCount
    } else {
      divide(chunk.bytes, positionCount: found.positionCount, hasQuotes: false)
    }
  }

  /// Valid until the next scan.
  var places: FieldPlaces {
    areLinesRecords
      ? FieldPlaces(
        starts: positions - 1, startShift: 1, ends: positions, fieldCount: fieldCount)
      : FieldPlaces(
        starts: fieldStarts, startShift: 0, ends: fieldEnds, fieldCount: fieldCount)
  }

  /// Calls `body` with each record and the number of line ends before it in the chunk, which was scanned last.
  ///
  /// - Complexity: O(records) for a chunk without quotes, else O(bytes).
  func forEachLine(of chunk: Chunk, _ body: (Int, Int) -> Void) {
    guard chunk.hasQuotes else {
      let others = (passedOver + malformed.map(\.range.lowerBound)).sorted()
      var next = 0
      for record in 0..<count {
        while next < others.count, others[next] < start(ofRecord: record) { next += 1 }
        body(record, record + next)
      }
      return
    }
    var line = 0
    var counted = 0
    for record in 0..<count {
      let start = start(ofRecord: record)
      line += chunk.lineEndCount(in: counted..<start)
      counted = start
      body(record, line)
    }
  }

  func range(ofRecord record: Int) -> Range<Int> {
    precondition(record < count)
    let end =
      areLinesRecords ? places.end(fieldCount - 1, record: record) : Int(recordEnds[record])
    return start(ofRecord: record)..<end
  }

  func range(ofField field: Int, record: Int) -> Range<Int> {
    precondition(record < count && field < fieldCount)
    let places = places
    return places.start(field, record: record)..<places.end(field, record: record)
  }

  private func start(ofRecord record: Int) -> Int {
    areLinesRecords ? places.start(0, record: record) : Int(recordStarts[record])
  }

  /// Walks the structure positions record by record.
  private func divide(
    _ bytes: UnsafeMutablePointer<UInt8>, positionCount: Int, hasQuotes: Bool
  ) {
    var next = 0
    var recordStart = 0
    while next < positionCount {
      let first = next
      while next < positionCount, bytes[Int(positions[next])] == dialect.delimiter { next += 1 }
      guard next < positionCount else { break }
      let end = Int(positions[next])
      if isComment(bytes, recordStart) {
        commentCount += 1
        passedOver.append(recordStart)
      } else if next - first + 1 == fieldCount, end > recordStart || fieldCount > 1 {
        appendFields(first: first, recordStart: recordStart, end: end)
        if hasQuotes { unquoteLastRecord(bytes) }
      } else if isRaggedRecord(bytes, first: first, count: next - first + 1, recordStart, end) {
        appendRagged(first: first, count: next - first + 1, recordStart: recordStart, end: end)
        if hasQuotes { unquoteLastRecord(bytes) }
      } else {
        appendIrregular(bytes, range: recordStart..<end, fieldCount: next - first + 1)
      }
      next += 1
      recordStart = end + 1
      if bytes[end] == Ascii.carriageReturn, bytes[end + 1] == Ascii.lineFeed {
        recordStart += 1
        if next < positionCount, Int(positions[next]) == end + 1 { next += 1 }
      }
    }
  }

  @inline(__always)
  private func appendFields(first: Int, recordStart: Int, end: Int) {
    recordStarts[count] = UInt32(truncatingIfNeeded: recordStart)
    recordEnds[count] = UInt32(truncatingIfNeeded: end)
    let starts = fieldStarts + count * fieldCount
    let ends = fieldEnds + count * fieldCount
    var start = UInt32(truncatingIfNeeded: recordStart)
    for field in 0..<fieldCount {
      let position = positions[first + field]
      starts[field] = start
      ends[field] = position
      start = position + 1
    }
    count += 1
  }

  @inline(__always)
  private func isComment(_ bytes: UnsafeMutablePointer<UInt8>, _ start: Int) -> Bool {
    dialect.comment.map { bytes[start] == $0 } ?? false
  }

  /// Whether a record of another number of fields than the header's may be taken: missing fields are empty, and so
  /// must be those too many. A record of blanks is none.
  private func isRaggedRecord(
    _ bytes: UnsafeMutablePointer<UInt8>, first: Int, count: Int, _ start: Int, _ end: Int
  ) -> Bool {
    guard dialect.isRagged else { return false }
    guard count > fieldCount else {
      return count > 1
        || !(start..<end).allSatisfy { bytes[$0] == Ascii.space || bytes[$0] == Ascii.tab }
    }
    let surplusStart = Int(positions[first + fieldCount - 1]) + 1
    return (surplusStart..<end).allSatisfy { bytes[$0] == dialect.delimiter }
  }

  private func appendRagged(first: Int, count: Int, recordStart: Int, end: Int) {
    let kept = min(count, fieldCount)
    recordStarts[self.count] = UInt32(truncatingIfNeeded: recordStart)
    recordEnds[self.count] = UInt32(truncatingIfNeeded: end)
    let starts = fieldStarts + self.count * fieldCount
    let ends = fieldEnds + self.count * fieldCount
    var start = UInt32(truncatingIfNeeded: recordStart)
    for field in 0..<kept {
      starts[field] = start
      ends[field] = positions[first + field]
      start = ends[field] + 1
    }
    for field in kept..<fieldCount {
      starts[field] = UInt32(truncatingIfNeeded: end)
      ends[field] = UInt32(truncatingIfNeeded: end)
    }
    self.count += 1
  }

  private func appendIrregular(
    _ bytes: UnsafeMutablePointer<UInt8>, range: Range<Int>, fieldCount: Int
  ) {
    let isBlank = range.allSatisfy { bytes[$0] == Ascii.space || bytes[$0] == Ascii.tab }
    if fieldCount == 1, isBlank {
      blankCount += 1
      passedOver.append(range.lowerBound)
    } else {
      malformed.append(MalformedRecord(range: range, fault: .fieldCount(fieldCount)))
    }
  }

  /// Takes the quotes off the fields of the record just added; a fault makes it malformed.
  private func unquoteLastRecord(_ bytes: UnsafeMutablePointer<UInt8>) {
    let record = count - 1
    for field in 0..<fieldCount {
      let place = record * fieldCount + field
      let start = Int(fieldStarts[place])
      let end = Int(fieldEnds[place])
      guard end > start, bytes[start] == Ascii.quote else { continue }
      guard let content = unquote(bytes, from: start + 1, to: end) else {
        malformed.append(
          MalformedRecord(range: range(ofRecord: record), fault: .textAfterQuote(field: field)))
        count -= 1
        return
      }
      fieldStarts[place] = UInt32(truncatingIfNeeded: content.lowerBound)
      fieldEnds[place] = UInt32(truncatingIfNeeded: content.upperBound)
    }
  }

  /// The content of a quoted field whose opening quote stands before `start`; `nil` where anything
  /// follows the closing quote.
  private func unquote(
    _ bytes: UnsafeMutablePointer<UInt8>, from start: Int, to end: Int
  ) -> Range<Int>? {
    guard let firstQuote = (start..<end).first(where: { bytes[$0] == Ascii.quote }) else {
      return nil
    }
    if firstQuote == end - 1 { return start..<firstQuote }
    let contentStart = unquotedEnd
    var cursor = start
    while cursor < end - 1 {
      if bytes[cursor] == Ascii.quote {
        guard bytes[cursor + 1] == Ascii.quote, cursor + 1 < end - 1 else { return nil }
        cursor += 1
      }
      bytes[unquotedEnd] = bytes[cursor]
      unquotedEnd += 1
      cursor += 1
    }
    return bytes[end - 1] == Ascii.quote ? contentStart..<unquotedEnd : nil
  }

  private func reserve(_ byteCount: Int) {
    // A record of n fields takes at least n bytes, its line end included. Pages that stay untouched cost
    // no memory.
    guard byteCount > byteCapacity else { return }
    deallocate()
    byteCapacity = byteCount
    recordStarts = .allocate(capacity: byteCount + 1)
    recordEnds = .allocate(capacity: byteCount + 1)
    fieldStarts = .allocate(capacity: byteCount + 1)
    fieldEnds = .allocate(capacity: byteCount + 1)
    positions = Self.allocatePositions(capacity: byteCount + StructureKernels.spareCount)
  }

  private static func allocatePositions(capacity: Int) -> UnsafeMutablePointer<UInt32> {
    let memory = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity + 1)
    memory.initialize(to: UInt32.max)
    return memory + 1
  }

  private func deallocate() {
    recordStarts.deallocate()
    recordEnds.deallocate()
    fieldStarts.deallocate()
    fieldEnds.deallocate()
    (positions - 1).deallocate()
  }
}
