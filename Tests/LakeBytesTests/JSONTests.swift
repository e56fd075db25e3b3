import LakeBytes
import Testing

@Suite("JSON")
struct JSONTests {
  private func parse(_ text: String) throws(JSONError) -> JSONValue {
    try JSONParser.parse(Array(text.utf8))
  }

  @Test func readsEveryKindOfValue() throws {
    let value = try parse(
      "\u{feff} {\"a\": [1, -2.5, 1e3, -0, true, false, null], \"b\": {\"c\": []}, \"\": {}}\n")
    #expect(
      value
        == .object([
          JSONMember(
            "a",
            .array([
              .integer(1), .number(-2.5), .number(1000), .number(-0.0), .bool(true), .bool(false),
              .null,
            ])),
          JSONMember("b", .object([JSONMember("c", .array([]))])),
          JSONMember("", .object([])),
        ]))
    #expect(value["a"]?.elements?[3].number?.sign == .minus)
    #expect(value["b"]?["c"]?.elements == [])
    #expect(value["c"] == nil)
  }

  @Test func readsEscapes() throws {
    let value = try parse(#""\"\\\/\b\f\n\r\té\u00e9\ud83d\ude97""#)
    #expect(value.text.map { Array($0.utf8) } == Array("\"\\/\u{8}\u{c}\n\r\té\u{e9}🚗".utf8))
  }

  @Test func integersKeepAllDigits() throws {
    #expect(try parse("9223372036854775807").integer == .max)
    #expect(try parse("-9223372036854775808").integer == .min)
    #expect(try parse("9223372036854775808") == .number(9_223_372_036_854_775_808))
  }

  @Test func namesAreComparedAsBytes() throws {
    let value = try parse("{\"e\u{301}\": 1, \"\u{e9}\": 2}")
    #expect(value["\u{e9}"]?.integer == 2)
    #expect(value["e\u{301}"]?.integer == 1)
  }

  @Test(arguments: [
    ("", JSONError.Code.unexpectedEnd, 0),
    ("[1,", .unexpectedEnd, 3),
    ("[1,]", .unexpectedByte, 3),
    ("{\"a\" 1}", .unexpectedByte, 5),
    ("{a: 1}", .unexpectedByte, 1),
    ("{\"a\": 1,}", .unexpectedByte, 8),
    ("[1 2]", .unexpectedByte, 3),
    ("{\"a\": 1, \"a\": 2}", .duplicateName, 9),
    ("01", .invalidNumber, 0),
    ("1.", .invalidNumber, 2),
    ("-", .invalidNumber, 1),
    ("1e+", .invalidNumber, 3),
    ("[1e400]", .numberOutOfRange, 1),
    ("+1", .unexpectedByte, 0),
    (".5", .unexpectedByte, 0),
    ("nan", .unexpectedByte, 0),
    ("tru", .unexpectedEnd, 3),
    ("\"a", .unexpectedEnd, 2),
    ("\"a\nb\"", .unexpectedByte, 2),
    ("\"\\x\"", .invalidEscape, 1),
    ("\"\\u12g4\"", .invalidEscape, 1),
    ("\"\\ud800\"", .invalidEscape, 1),
    ("\"\\ud800\\u0041\"", .invalidEscape, 1),
    ("\"\\udc00\"", .invalidEscape, 1),
    ("1 2", .trailingText, 2),
    ("[1] // two", .trailingText, 4),
  ])
  func refuses(text: String, code: JSONError.Code, offset: Int) {
    do {
      let value = try parse(text)
      Issue.record("\(text) was read as \(value)")
    } catch {
      #expect(error.code == code)
      #expect(error.offset == offset)
    }
  }

  @Test func refusesBytesThatAreNotUTF8() {
    #expect(throws: JSONError.self) { try JSONParser.parse([0x22, 0xff, 0x22]) }
  }

  @Test func errorsNameLineAndColumn() {
    #expect {
      try JSONParser.parse(Array("{\n  \"a\": 1,\n  b\n}".utf8))
    } throws: { error in
      guard let error = error as? JSONError else { return false }
      return error.line == 3 && error.column == 3
    }
  }

  @Test func nestingIsLimited() throws {
    let limit = JSONParser.depthLimit
    let deepest = String(repeating: "[", count: limit) + String(repeating: "]", count: limit)
    #expect(try parse(deepest).elements?.count == 1)
    for opening in ["[", "{\"a\":"] {
      #expect {
        try parse(String(repeating: opening, count: 1_000_000))
      } throws: {
        ($0 as? JSONError)?.code == .tooDeep
      }
    }
  }

  @Test func everyPrefixIsRefusedWithoutATrap() throws {
    let text = Array(#"{"a": [1.5e3, "x\u00e9\n", true, null], "b": {"c": -7}}"#.utf8)
    _ = try JSONParser.parse(text)
    for count in 0..<text.count {
      #expect(throws: JSONError.self) { try JSONParser.parse(Array(text.prefix(count))) }
    }
  }

  @Test func writesWhatItReads() throws {
    let value = try parse(
      #"{"a":[1,-2.5,1e+16,-0,true,null],"b \"\\\u0001\n":{},"c":[],"d":"é🚗","e":[{"f":5e-324}]}"#)
    var compact = JSONWriter()
    compact.value(value)
    #expect(try JSONParser.parse(compact.bytes) == value)
    var indented = JSONWriter(.indented)
    indented.value(value)
    #expect(try JSONParser.parse(indented.bytes) == value)
  }

  @Test func indentedLayout() {
    var writer = JSONWriter(.indented)
    writer.beginObject()
    writer.member("a", 1)
    writer.name("b")
    writer.beginArray()
    writer.number(5.6)
    writer.number(20)
    writer.number(.nan)
    writer.endArray()
    writer.name("c")
    writer.beginArray()
    writer.endArray()
    writer.member("d", nil as String?)
    writer.endObject()
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == """
        {
          "a": 1,
          "b": [
            5.6,
            20,
            null
          ],
          "c": [],
          "d": null
        }
        """)
  }

  private static let decimals: [(number: Double, text: String)] = [
    (5.6, "5.6"), (20, "20"), (0, "0"), (-0.0, "-0"), (1e16, "1e+16"), (0.1, "0.1"),
    (1.0 / 3, "0.3333333333333333"), (.leastNonzeroMagnitude, "5e-324"),
  ]

  @Test(arguments: decimals)
  func shortestDecimals(number: Double, text: String) {
    #expect(number.shortestDecimal == text)
    #expect(Double(text)?.bitPattern == number.bitPattern)
  }
}
