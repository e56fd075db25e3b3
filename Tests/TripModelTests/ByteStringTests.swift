import Testing
import TripModel

@Suite struct ByteStringTests {
  @Test func spellingsStayApart() {
    let composed = ByteString("\u{e9}")
    let decomposed = ByteString("e\u{301}")
    #expect(composed != decomposed)
    #expect(Set([composed, decomposed]).count == 2)
    #expect(decomposed < composed)
  }

  @Test func orderIsThatOfUnsignedBytes() {
    let names: [ByteString] = [
      "", "A", "Z", "a", "aa", "ab", "\u{7f}", "é", ByteString(bytes: [0xff]),
    ]
    for (left, right) in zip(names, names.dropFirst()) {
      #expect(left < right && !(right < left))
    }
  }

  @Test(arguments: [
    ("Praha", "Praha"), ("a\nb", "a\\x0ab"), ("\u{1b}[31m", "\\x1b[31m"),
    ("\u{202e}x", "\\xe2\\x80\\xaex"), ("Zürich", "Zürich"),
  ])
  func namesForPeopleHoldNoControls(name: String, display: String) {
    #expect(ByteString(name).displayText == display)
  }

  @Test func bytesThatAreNotUTF8AreShown() {
    #expect(ByteString(bytes: [0x41, 0xff, 0x0a]).displayText == "A\\xff\\x0a")
    #expect(ByteString(bytes: [0xff]).text == nil)
  }

  @Test func partitionsAreOrderedByRegionThenWeek() throws {
    let early = try #require(ISOWeek(text: "2018-W18"))
    let late = try #require(ISOWeek(text: "2018-W22"))
    #expect(PartitionKey(region: "A", week: late) < PartitionKey(region: "B", week: early))
    #expect(PartitionKey(region: "A", week: early) < PartitionKey(region: "A", week: late))
  }
}
