import Testing

@testable import LakeIngest

@Suite struct RecordTableTests {
  /// The fields of all regular records of `text`, which ends with a line end.
  private func scan(
    _ text: String, fieldCount: Int, delimiter: UInt8 = Ascii.comma
  ) -> (records: [[String]], table: RecordTable) {
    let bytes = Array(text.utf8)
    let chunk = Chunk(capacity: bytes.count)
    chunk.copyIn(bytes, at: 0)
    chunk.byteCount = bytes.count
    chunk.hasQuotes = bytes.contains(Ascii.quote)
    let table = RecordTable()
    table.scan(chunk, dialect: CSVDialect(delimiter: delimiter), fieldCount: fieldCount)
    let records = (0..<table.count).map { record in
      (0..<fieldCount).map { field in
        String(
          decoding: chunk.copyBytes(table.range(ofField: field, record: record)), as: UTF8.self)
      }
    }
    return (records, table)
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func endsOfLinesAreAlike(_ lineEnd: String) {
    let (records, table) = scan(
      ["a,b", "", "c,d", " ", "e,f", ""].joined(separator: lineEnd), fieldCount: 2)
    #expect(records == [["a", "b"], ["c", "d"], ["e", "f"]])
    #expect(table.blankCount == 2)
    #expect(table.malformed.isEmpty)
  }

  @Test func quotesMayHoldEverything() {
    let (records, table) = scan(
      "\"a,b\",c\n\"d\r\ne\",\"f\"\"g\"\n\"\",\"\"\"\"\nh\"i,j\n", fieldCount: 2)
    #expect(records == [["a,b", "c"], ["d\r\ne", "f\"g"], ["", "\""], ["h\"i", "j"]])
    #expect(table.malformed.isEmpty)
  }

  @Test func recordsOfOtherShapesAreSetApart() {
    let (records, table) = scan("a,b\nc\nd,e,f\n\"g\"h,i\nj,k\n", fieldCount: 2)
    #expect(records == [["a", "b"], ["j", "k"]])
    #expect(table.malformed.map(\.range) == [4..<5, 6..<11, 12..<18])
  }

  /// Records of every length, so that each kind of structure falls on each place of a 64-byte block.
  @Test func structureIsFoundAtEveryPlace() {
    for length in 0...140 {
      let long = String(repeating: "x", count: length)
      let (records, table) = scan("\(long),1\r\n2,\(long)\n\"\(long)\",3\n", fieldCount: 2)
      #expect(records == [[long, "1"], ["2", long], [long, "3"]], "\(length)")
      #expect(table.malformed.isEmpty)
    }
  }

  /// Lines whose delimiters would make as many records of as many fields, were it not for where they end.
  @Test(arguments: [
    ("a,b\nc,d\n", [["a", "b"], ["c", "d"]], 0), ("a\nb,c,d\n", [], 2),
    ("a,b,c\nd\ne,f\n", [["e", "f"]], 2), ("\na,b,c\n", [], 1),
    ("a,b\n\nc,d\n", [["a", "b"], ["c", "d"]], 0),
    (",\n,\n", [["", ""], ["", ""]], 0), ("", [], 0),
  ])
  func linesOfOtherShapesAreSeen(_ text: String, _ expected: [[String]], _ malformed: Int) {
    let (records, table) = scan(text, fieldCount: 2)
    #expect(records == expected)
    #expect(table.malformed.count == malformed)
    for record in 0..<table.count {
      let fields = (0..<2).map { table.range(ofField: $0, record: record) }
      #expect(table.range(ofRecord: record) == fields[0].lowerBound..<fields[1].upperBound)
    }
  }
}
