/// The whole lines of a journal, the last one first.
///
/// Reads from the end in growing pieces, so that the last lines of a long journal cost little. Text behind
/// the last line feed of a segment is passed over.
package struct BackwardLines {
  private static let firstPieceByteCount = 16 * 1024

  private let journal: LineJournal
  /// Segments that are not begun, ascending.
  private var segments: [UInt32]
  private var file: StoreFile?
  /// The bytes of the file from `start` on that are not told yet.
  private var bytes: [UInt8] = []
  private var start = 0
  private var pieceByteCount = Self.firstPieceByteCount

  init(_ segments: [UInt32], of journal: LineJournal) {
    self.segments = segments
    self.journal = journal
  }

  /// The line before those told so far, without its line end; `nil` where there is none.
  package mutating func next() throws(StoreError) -> [UInt8]? {
    while true {
      if let line = takeLine() { return line }
      guard try readMore() else { return nil }
    }
  }

  /// The last line of `bytes`, if all of it is there.
  private mutating func takeLine() -> [UInt8]? {
    let lineFeed = UInt8(ascii: "\n")
    guard let end = bytes.lastIndex(of: lineFeed) else { return nil }
    let before = bytes[..<end].lastIndex(of: lineFeed)
    guard before != nil || start == 0 else { return nil }
    let first = before.map { $0 + 1 } ?? 0
    let line = Array(bytes[first..<end])
    bytes.removeSubrange(first...)
    return line
  }

  /// - Returns: `false` where the journal's beginning is reached.
  private mutating func readMore() throws(StoreError) -> Bool {
    do {
      while file == nil || start == 0 {
        guard let number = segments.popLast() else { return false }
        do {
          let next = try StoreFile(
            opening: .segment(journal.kind, number), in: journal.fileSystem)
          start = next.byteCount
          file = next
        } catch  where error.isMissing {
          file = nil
        }
        bytes = []
        pieceByteCount = Self.firstPieceByteCount
      }
      guard let file else { return false }
      let count = min(pieceByteCount, start)
      bytes = try file.readBytes(at: start - count, count: count) + bytes
      start -= count
      pieceByteCount *= 2
      return true
    } catch {
      throw StoreError(wrapping: error, path: journal.kind.folder)
    }
  }
}

extension LineJournal {
  /// The lines that there are, the last one first.
  package func backwardLines() throws(StoreError) -> BackwardLines {
    BackwardLines(try segments(), of: self)
  }
}
