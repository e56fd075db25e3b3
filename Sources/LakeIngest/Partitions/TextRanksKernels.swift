internal import LakeColumns
internal import TripModel

/// Turns the text words of one column of a file, which name workers' codes, into indexes of a dictionary in
/// byte order. Used again and again; it keeps four bytes for each text of the workers.
///
/// Unchecked: the words come from `ExtraTexts.word` of the same texts.
final class TextRanks {
  private struct Entry {
    /// The first eight bytes, the first one highest.
    let prefix: UInt64
    let word: UInt64
  }

  private static let unseen = UInt32.max

  private let texts: ExtraTexts
  private let textIndex: Int
  /// For each worker's code: its rank in the file at hand, or `unseen`.
  private var ranks: [[UInt32]]

  init(_ texts: ExtraTexts, textIndex: Int) {
    self.texts = texts
    self.textIndex = textIndex
    ranks = texts.counts(textIndex: textIndex).map { Array(repeating: Self.unseen, count: $0) }
  }

  /// Replaces the words of the rows that have a value and returns the dictionary.
  ///
  /// - Complexity: O(rows), O(d log d) in the distinct texts of the file.
  func replace(_ words: UnsafeMutableBufferPointer<UInt64>, isValid: (Int) -> Bool) -> [ByteString]
  {
    var used = collect(words, isValid)
    used.sort { isBefore($0, $1) }
    let dictionary = rank(used)
    for row in words.indices where isValid(row) {
      words[row] = UInt64(ranks[Int(words[row] >> 32)][Int(words[row] & 0xffff_ffff)])
    }
    for entry in used { setRank(Self.unseen, of: entry.word) }
    return dictionary
  }

  private func collect(
    _ words: UnsafeMutableBufferPointer<UInt64>, _ isValid: (Int) -> Bool
  ) -> [Entry] {
    var used: [Entry] = []
    for row in words.indices where isValid(row) {
      let word = words[row]
      guard ranks[Int(word >> 32)][Int(word & 0xffff_ffff)] == Self.unseen else { continue }
      setRank(0, of: word)
      used.append(Entry(prefix: prefix(word), word: word))
    }
    return used
  }

  private func rank(_ used: [Entry]) -> [ByteString] {
    var dictionary: [ByteString] = []
    for (index, entry) in used.enumerated() {
      // Two workers may have seen the same text.
      let isNew =
        index == 0 || texts.compare(used[index - 1].word, entry.word, textIndex: textIndex) != 0
      if isNew {
        dictionary.append(
          ByteString(bytes: Array(texts.bytes(entry.word, textIndex: textIndex))))
      }
      setRank(UInt32(dictionary.count - 1), of: entry.word)
    }
    return dictionary
  }

  private func setRank(_ rank: UInt32, of word: UInt64) {
    ranks[Int(word >> 32)][Int(word & 0xffff_ffff)] = rank
  }

  private func isBefore(_ left: Entry, _ right: Entry) -> Bool {
    if left.prefix != right.prefix { return left.prefix < right.prefix }
    return texts.compare(left.word, right.word, textIndex: textIndex) < 0
  }

  private func prefix(_ word: UInt64) -> UInt64 {
    let bytes = texts.bytes(word, textIndex: textIndex)
    var prefix: UInt64 = 0
    for index in 0..<8 { prefix = prefix << 8 | (index < bytes.count ? UInt64(bytes[index]) : 0) }
    return prefix
  }
}
