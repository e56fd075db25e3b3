import Testing

@testable import LakeIngest

@Suite struct ByteDictionaryTests {
  /// Looks a text up as the rows of a chunk do.
  private func code(
    of text: String, in dictionary: ByteDictionary, chunk: Int = 0
  ) throws -> UInt32 {
    let found = PaddedText(text).withPointers { start, end in
      dictionary.places(ofChunk: chunk).codeOfKnown(start, byteCount: end - start)
        ?? dictionary.find(start, byteCount: end - start, inChunk: chunk)?.code
        ?? dictionary.insert(start, byteCount: end - start, inChunk: chunk)
    }
    return try #require(found)
  }

  private func codeOfKnown(_ text: String, in dictionary: ByteDictionary, chunk: Int) -> UInt32? {
    PaddedText(text).withPointers { start, end in
      dictionary.places(ofChunk: chunk).codeOfKnown(start, byteCount: end - start)
    }.flatMap { $0 }
  }

  /// Lengths around the borders of words and of the head; the bytes behind a text must not matter.
  @Test func textsOfEveryLengthAreToldApart() throws {
    let dictionary = ByteDictionary()
    var texts: [String] = []
    for length in 0...80 {
      texts.append(String(repeating: "a", count: length))
      if length > 0 { texts.append(String(repeating: "a", count: length - 1) + "b") }
      if length > 1 { texts.append("b" + String(repeating: "a", count: length - 1)) }
    }
    let codes = try texts.map { try code(of: $0, in: dictionary) }
    #expect(codes == Array(0..<UInt32(texts.count)))
    #expect(try texts.map { try code(of: $0, in: dictionary) } == codes)
    for (text, code) in zip(texts, codes) {
      #expect(dictionary[Int(code)] == Array(text.utf8))
    }
  }

  /// Names that begin alike must not fall into one place: this would take minutes.
  @Test func longNamesThatBeginAlikeAreFoundFast() throws {
    let dictionary = ByteDictionary()
    for index in 0..<50_000 {
      #expect(
        try code(of: "urn:trips:source:company:\(index)", in: dictionary) == UInt32(index))
    }
    #expect(dictionary.count == 50_000)
  }

  /// Names that differ in three bytes alone, wherever they are, and names whose halves are alike: all in one place,
  /// they would take minutes.
  @Test(arguments: [0, 5, 8, 13, 16, 21, 24, 29])
  func shortNamesThatAreAlikeAreFoundFast(_ place: Int) throws {
    let dictionary = ByteDictionary()
    let names = (0..<20_000).map { number in
      let digits = String(number + 36 * 36 * 36, radix: 36).suffix(3)
      return String(repeating: "x", count: place) + digits
        + String(repeating: "x", count: 29 - place)
    }
    let doubled = (0..<20_000).map { number in
      let half = "\(number + 100_000)----------"
      return half + half
    }
    let codes = try (names + doubled).map { try code(of: $0, in: dictionary) }
    #expect(codes == Array(0..<40_000))
  }

  /// A chunk's first look-up of a text is told from the others, in whatever order chunks come.
  @Test func theFirstLookUpOfEachChunkIsKnown() throws {
    let dictionary = ByteDictionary()
    for text in ["", "a", String(repeating: "b", count: 32)] {
      #expect(codeOfKnown(text, in: dictionary, chunk: 7) == nil)
      let code = try code(of: text, in: dictionary, chunk: 7)
      #expect(codeOfKnown(text, in: dictionary, chunk: 7) == code)
      for chunk in [9, 8] {
        #expect(codeOfKnown(text, in: dictionary, chunk: chunk) == nil)
        let firsts = (0..<2).map { _ in
          PaddedText(text).withPointers { start, end in
            dictionary.find(start, byteCount: end - start, inChunk: chunk)?.isFirst
          }
        }
        #expect(firsts == [true, false])
        #expect(codeOfKnown(text, in: dictionary, chunk: chunk) == code)
      }
    }
  }

  /// What the places hold of a text is its first 32 bytes, without its zeros: they must not pass for the whole.
  @Test func onlyWholeTextsAreKnown() throws {
    let dictionary = ByteDictionary()
    let head = String(repeating: "h", count: 32)
    for text in [head, head + "x", head + "y", "z"] { _ = try code(of: text, in: dictionary) }
    #expect(codeOfKnown(head, in: dictionary, chunk: 0) == 0)
    for text in [head + "x", head + "y", head + "z", "z\0", "\0", ""] {
      #expect(codeOfKnown(text, in: dictionary, chunk: 0) == nil)
    }
  }
}
