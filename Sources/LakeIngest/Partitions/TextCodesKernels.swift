internal import LakeColumns
internal import TripModel

/// The texts that rows of a file have in one column, and the codes that stand for them there; used again and again. It
/// keeps four bytes for each text of the workers.
///
/// Unchecked: the words come from `ExtraTexts.word` of the same texts.
final class TextCodes {
  private struct Entry {
    /// The first eight bytes, the first one highest.
    let prefix: UInt64
    let word: UInt64
  }

  private static let unused = UInt32.max

  private let texts: ExtraTexts
  private let textIndex: Int
  /// For each worker's code: the code in the file, or `unused`.
  private var codes: [[UInt32]]
  /// The texts noted; the same one once for each worker that has it.
  private var used: [Entry] = []
  /// The texts noted, since it was made; until `fit`, codes are indexes of it.
  private var dictionary: [ByteString] = []

  init(_ texts: ExtraTexts, textIndex: Int) {
    self.texts = texts
    self.textIndex = textIndex
    codes = texts.counts(textIndex: textIndex).map { Array(repeating: Self.unused, count: $0) }
  }

  /// Says that a row has this text.
  @inline(__always)
  func note(_ word: UInt64) {
    if self[word] == Self.unused { noteFirst(word) }
  }

  @inline(never)
  private func noteFirst(_ word: UInt64) {
    setCode(0, of: word)
    used.append(Entry(prefix: prefix(word), word: word))
  }

  /// The texts noted, in byte order.
  ///
  /// - Complexity: O(d log d) in their number.
  func makeDictionary() -> [ByteString] {
    used.sort { isBefore($0, $1) }
    dictionary = []
    for (index, entry) in used.enumerated() {
      // Two workers may have seen the same text.
      let isNew =
        index == 0 || texts.compare(used[index - 1].word, entry.word, textIndex: textIndex) != 0
      if isNew {
        dictionary.append(
          ByteString(bytes: Array(texts.bytes(entry.word, textIndex: textIndex))))
      }
      setCode(UInt32(dictionary.count - 1), of: entry.word)
    }
    return dictionary
  }

  /// Gives each text of the dictionary, once it is made, the code that a column has for it.
  ///
  /// - Precondition: The column has them all.
  /// - Complexity: O(d) in the texts of the column.
  func fit(to column: ColumnVector) {
    guard let codes = column.codes(of: dictionary) else {
      preconditionFailure("a text without a code")
    }
    for entry in used { setCode(codes[Int(self[entry.word])], of: entry.word) }
  }

  /// The code of a text that was noted.
  @inline(__always)
  subscript(word: UInt64) -> UInt32 { codes[Int(word >> 32)][Int(word & 0xffff_ffff)] }

  /// Forgets all.
  func removeAll() {
    for entry in used { setCode(Self.unused, of: entry.word) }
    used.removeAll(keepingCapacity: true)
  }

  private func setCode(_ code: UInt32, of word: UInt64) {
    codes[Int(word >> 32)][Int(word & 0xffff_ffff)] = code
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
