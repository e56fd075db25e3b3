/// Reads a journal from some place to its end, and again later when there is more.
package struct ForwardLines {
  private static let pieceByteCount = 1 << 20

  private let journal: LineJournal
  /// The segment being read; `nil` before the first.
  private var number: UInt32?
  private var offset = 0
  /// The beginning of a line whose end was not there yet.
  private var rest: [UInt8] = []
  /// The segment behind which another one was seen. It does not grow any more.
  private var completed: UInt32?

  /// - Parameter segment: The first one to read; `nil` for the oldest there is.
  init(_ journal: LineJournal, from segment: UInt32?) {
    self.journal = journal
    number = segment
  }

  /// The next whole lines without their line ends, some at a time; none where the end is reached for now.
  package mutating func next() throws(StoreError) -> [[UInt8]] {
    while true {
      if number == nil, try !moveOn(to: journal.segments().first) { return [] }
      let bytes = try readPiece()
      if !bytes.isEmpty {
        let lines = take(bytes)
        if !lines.isEmpty { return lines }
      } else if completed == number {
        guard let next = try follower(), try moveOn(to: next) else { return [] }
      } else {
        guard try follower() != nil else { return [] }
        // What was appended before the other segment was made is read first.
        completed = number
      }
    }
  }

  private func follower() throws(StoreError) -> UInt32? {
    guard let number else { return nil }
    return try journal.segments().first { $0 > number }
  }

  private mutating func moveOn(to segment: UInt32?) throws(StoreError) -> Bool {
    guard let segment else { return false }
    number = segment
    offset = 0
    rest = []
    return true
  }

  /// The bytes that follow in the segment, at most a piece; none also where it was removed.
  private mutating func readPiece() throws(StoreError) -> [UInt8] {
    guard let number else { return [] }
    do {
      let file = try StoreFile(opening: .segment(journal.kind, number), in: journal.fileSystem)
      let count = min(Self.pieceByteCount, max(0, file.byteCount - offset))
      let bytes = try file.readBytes(at: offset, count: count)
      offset += count
      return bytes
    } catch  where error.isMissing {
      completed = number
      return []
    } catch {
      throw StoreError(error)
    }
  }

  private mutating func take(_ bytes: [UInt8]) -> [[UInt8]] {
    let lineFeed = UInt8(ascii: "\n")
    var lines: [[UInt8]] = []
    var start = 0
    while let end = bytes[start...].firstIndex(of: lineFeed) {
      lines.append(rest + bytes[start..<end])
      rest = []
      start = end + 1
    }
    rest += bytes[start...]
    return lines
  }
}

extension LineJournal {
  /// - Parameter segment: The first segment to read; `nil` for the oldest there is.
  package func forwardLines(from segment: UInt32? = nil) -> ForwardLines {
    ForwardLines(self, from: segment)
  }

  /// The first line of a segment; `nil` where it has none.
  package func firstLine(of segment: UInt32) throws(StoreError) -> [UInt8]? {
    var lines = forwardLines(from: segment)
    return try lines.next().first
  }
}
