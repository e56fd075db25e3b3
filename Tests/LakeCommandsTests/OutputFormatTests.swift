import LakeBytes
import LakeTestSupport
import Testing
import TripModel

@testable import LakeCommands

@Suite struct OutputFormatTests {
  private static let columns = [ResultColumn("name"), ResultColumn("value", isNumeric: true)]

  private func write(
    _ rows: [[Cell]], _ format: OutputFormat, isTerminal: Bool = false,
    columns: [ResultColumn] = columns
  ) throws -> String {
    let output = ByteOutput()
    var environment = CommandEnvironment(output: output, messages: ByteOutput())
    environment.isOutputTerminal = isTerminal
    let target = try OutputTarget(
      RawOptions(options: [.init(name: "format", value: format.rawValue)]), environment)
    let header = ResultHeader(
      schema: "triplake.test/1", snapshot: 7, zoneName: "UTC", zone: .utc,
      filter: [JSONMember("region", .array([.string("a")]))], columns: columns)
    var writer = ResultWriter(header, to: target)
    try writer.begin()
    for row in rows { try writer.row(row) }
    try writer.end(stats: .object([JSONMember("files", .integer(1))]))
    return String(decoding: output.pending, as: UTF8.self)
  }

  private let rows: [[Cell]] = [
    [.text("plain"), .number(5.6)], [.text("a,b"), .number(20)], [.text("say \"x\""), .empty],
    [.text("two\nlines"), .integer(-3)], [.text("#x"), .number(1e-7)],
    [.text("tab\t\\|"), .flag(true)],
  ]

  @Test func csv() throws {
    let text = try write(rows, .csv)
    #expect(
      text == """
        name,value
        plain,5.6
        "a,b",20
        "say ""x""\",
        "two
        lines",-3
        "#x",1e-07
        tab\t\\|,true

        """)
  }

  @Test func tsv() throws {
    #expect(
      try write(rows, .tsv) == """
        name\tvalue
        plain\t5.6
        a,b\t20
        say "x"\t
        two\\nlines\t-3
        #x\t1e-07
        tab\\t\\\\|\ttrue

        """)
  }

  @Test func table() throws {
    let text = try write(
      [
        [.text("Prague"), .integer(5)], [.text("東京"), .integer(123_456)],
        [.text("a\u{1b}[2J"), .empty],
      ],
      .table)
    #expect(
      text == """
        name       value
        --------  ------
        Prague         5
        東京      123456
        a\\x1b[2J

        """)
  }

  @Test func markdown() throws {
    #expect(
      try write([[.text("a|b"), .number(0.5)]], .markdown) == """
        | name | value |
        | ---- | ----: |
        | a\\|b |   0.5 |

        """)
  }

  @Test func ndjson() throws {
    #expect(
      try write([[.text("a\"b\n"), .number(5.6)], [.text("é"), .empty]], .ndjson) == """
        {"name":"a\\"b\\n","value":5.6}
        {"name":"é","value":null}

        """)
  }

  @Test func jsonIsOneObject() throws {
    let text = try write([[.text("a"), .integer(1)], [.text("b"), .integer(2)]], .json)
    let value = try JSONParser.parse(Array(text.utf8))
    #expect(
      value.members?.map(\.name) == [
        "schema", "snapshot", "digest", "zone", "filter", "rows", "stats",
      ])
    #expect(value["schema"]?.text == "triplake.test/1")
    #expect(value["snapshot"]?.integer == 7)
    #expect(value["rows"]?.elements?.map { $0["value"]?.integer } == [1, 2])
    #expect(value["filter"]?["region"]?.elements == [.string("a")])
    let empty = try JSONParser.parse(Array(try write([], .json).utf8))
    #expect(empty["rows"]?.elements == [])
  }

  @Test(arguments: OutputFormat.allCases)
  func noRows(format: OutputFormat) throws {
    let text = try write([], format)
    #expect(text.isEmpty == (format == .ndjson))
  }

  @Test(arguments: [OutputFormat.table, .csv, .tsv, .markdown])
  func namesCannotMoveATerminal(format: OutputFormat) throws {
    let text = try write([[.text("a\u{1b}]0;x\u{7}\u{202e}"), .empty]], format, isTerminal: true)
    #expect(
      !text.unicodeScalars.contains {
        $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t"
      })
    #expect(!text.unicodeScalars.contains("\u{202e}"))
  }

  @Test func valuesOfEveryKind() throws {
    let week = try #require(ISOWeek(text: "2018-W22"))
    let kinds: [Cell] = [
      .week(week), .day(17_679), .timestamp(1_527_498_220_500_000), .flag(false),
    ]
    let columns = (0..<4).map { ResultColumn("c\($0)") }
    #expect(
      try write([kinds], .csv, columns: columns)
        == "c0,c1,c2,c3\n2018-W22,2018-05-28,2018-05-28 09:03:40.5,false\n")
    #expect(
      try write([kinds], .ndjson, columns: columns)
        == #"{"c0":"2018-W22","c1":"2018-05-28","c2":"2018-05-28T09:03:40.5Z","c3":false}"# + "\n")
  }

  @Test func longTablesKeepTheWidthsOfTheirFirstThousandRows() throws {
    var rows = (0..<1200).map { [Cell.text("r"), .integer($0)] }
    rows.append([.text("longer than all"), .integer(1)])
    let lines = try write(rows, .table).split(separator: "\n")
    #expect(lines.count == 1203)
    #expect(lines[2] == "r         0")
    #expect(lines[1201] == "r      1199")
    #expect(lines[1202] == "longer than all      1")
  }

  @Test(arguments: [
    ("a.csv", OutputFormat.csv), ("a.b/x.TSV", .tsv), ("x.json", .json), ("x.jsonl", .ndjson),
    ("x.ndjson", .ndjson), ("x.md", .markdown), ("x.txt", .table),
  ])
  func suffixes(path: String, format: OutputFormat) {
    #expect(OutputFormat(suffixOf: path) == format)
  }

  @Test func otherSuffixesNameNoFormat() {
    for path in ["x", "x.", "a.csv/x", "x.parquet", ""] {
      #expect(OutputFormat(suffixOf: path) == nil)
    }
  }
}
