internal import TripModel

/// What rows of one file have, noted before they are gathered: sources and texts, and whether any has a destination, or a
/// value of an extra column. Used again and again.
///
/// Unchecked: rows and their extra words are those of the workers that the texts come from.
final class RowNotes {
  let sources: SourceCodes
  /// Of each extra column, by place; `nil` for other types than text.
  let texts: [TextCodes?]
  private(set) var hasDestination = false
  /// Bit `i`: whether some row has a value of extra column `i`.
  private var presence: UInt64 = 0

  init(sources: [ByteString], texts: ExtraTexts) {
    self.sources = SourceCodes(sources: sources)
    self.texts = texts.textIndexes.map { index in index.map { TextCodes(texts, textIndex: $0) } }
  }

  func hasValue(ofExtra place: Int) -> Bool { presence >> UInt64(place) & 1 == 1 }

  /// - Parameter rank: Of the row's source.
  @inline(__always)
  func add(_ row: UnsafePointer<UInt64>, rank: UInt32) {
    sources.note(rank)
    if !hasDestination, row[TripRow.destinationX] != TripRow.absent { hasDestination = true }
  }

  /// Adds the extra words of a row, laid out as `ExtraLayout` says, with at least one extra column.
  func addExtras(_ extras: UnsafePointer<UInt64>, worker: Int) {
    presence |= extras[0]
    for place in texts.indices {
      guard let codes = texts[place], extras[0] >> UInt64(place) & 1 == 1 else { continue }
      codes.note(ExtraTexts.word(worker: worker, code: extras[1 + place]))
    }
  }

  func removeAll() {
    sources.removeAll()
    for codes in texts { codes?.removeAll() }
    hasDestination = false
    presence = 0
  }
}
