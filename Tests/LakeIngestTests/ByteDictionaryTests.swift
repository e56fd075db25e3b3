import Testing

@testable import LakeIngest

@Suite struct ByteDictionaryTests {
  private func code(of text: String, in dictionary: ByteDictionary) throws -> UInt32 {
    let found = PaddedText(text).withPointers { start, end in
      dictionary.find(start, byteCount: end - start)
        ?? dictionary.insert(start, byteCount: end - start)
    }
    return try #require(found)
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
}
