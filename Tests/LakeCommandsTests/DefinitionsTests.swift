import LakeBytes
import LakeTestSupport
import Testing

@testable import LakeCommands

/// What definitions of one's own can say, from the file to the answer.
@Suite struct DefinitionsTests {
  let folder = TemporaryFolder()
  var lake: String { folder.path + "/lake" }

  private static let usual = [
    "name": #""mine""#, "delimiter": #"",""#, "region": #"{"constant": "R"}"#,
    "origin": #"{"x": ["x"], "y": ["y"]}"#, "time": #"{"columns": ["t"], "zone": "UTC"}"#,
    "source": #"{"constant": "s"}"#,
  ]

  /// A definition with some members changed or added.
  private func definition(_ members: [String: String]) -> String {
    let all = Self.usual.merging(members) { $1 }
    let text = all.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ",\n")
    return folder.file("definition.json", "{\(text)}")
  }

  @discardableResult
  private func ingest(
    _ text: String, _ members: [String: String] = [:], name: String = "in.csv",
    zone: String = "UTC", _ options: [String] = []
  ) -> CommandRun {
    let file = folder.file(name, text)
    let words = ["ingest", "--lake", lake, "--zone", zone, "--format", "json", "--verbose"]
    return CommandRun(words + ["--input", definition(members), file] + options)
  }

  /// One column of all rows, as JSON writes it.
  private func values(_ name: String) throws -> [String] {
    let run = CommandRun(["query", "--select", "rows", "--format", "ndjson", "--lake", lake])
    return try run.lines.map { line in
      var writer = JSONWriter()
      writer.value(try JSONParser.parse(Array(line.utf8))[name] ?? .null)
      return String(decoding: writer.bytes, as: UTF8.self)
    }.sorted()
  }

  private static let head = "x,y,t"
  private static let trip = "14.4,50.1,2018-05-28 09:03:40"

  // MARK: - Values of extra columns

  @Test(
    arguments: [
      (
        "int64", ["0", "-0", "+7", " 12 ", "9223372036854775807", "-9223372036854775808"],
        ["-9223372036854775808", "0", "0", "12", "7", "9223372036854775807"],
        ["9223372036854775808", "1.0", "1e3", "x"], "TL-2051"
      ),
      (
        "float64", ["-0", ".5", "5.", "1e-7", " 2 ", "17976931348623157e292"],
        ["-0", "0.5", "1.7976931348623157e+308", "1e-07", "2", "5"],
        ["nan", "inf", "0x1p3", "1e400", "1,5"], "TL-2052"
      ),
      (
        "bool", ["true", "T", "Yes", "y", "1", "FALSE", "f", "no", "N", " 0 "],
        ["false", "false", "false", "false", "false", "true", "true", "true", "true", "true"],
        ["2", "on", "ja"], "TL-2053"
      ),
      (
        "timestamp", ["2018-05-28 09:03:40.5", "2018-05-28T09:03:40+02:00"],
        [#""2018-05-28T07:03:40Z""#, #""2018-05-28T09:03:40.5Z""#],
        ["28.05.2018", "2018-02-30 00:00:00"], "TL-2041"
      ),
      ("text", ["a", " b ", "NULL", "ü"], [#"" b ""#, #""NULL""#, #""a""#, #""ü""#], [], ""),
    ] as [(String, [String], [String], [String], String)])
  func everyTypeHasItsGrammar(
    _ type: String, _ good: [String], _ values: [String], _ bad: [String], _ code: String
  ) throws {
    let rows = (good + bad).map { "\(Self.trip),\"\($0)\"\n" } + ["\(Self.trip),\n"]
    let run = ingest(
      "\(Self.head),v\n" + rows.joined(), ["extras": #"[{"name": "v", "type": "\#(type)"}]"#],
      ["--max-errors", "100%"])
    #expect(run.exitCode == (bad.isEmpty ? .done : .committedWithRejects), "\(run.messages)")
    #expect(try self.values("v") == (values + ["null"]).sorted())
    let json = try JSONParser.parse(Array(run.output.utf8))
    #expect(json["files"]?.elements?[0]["rejected"]?.integer == Int64(bad.count), "\(run.output)")
    if !bad.isEmpty { #expect(run.messages.contains("error[\(code)]: v is")) }
  }

  @Test func nullsAreSpelledAsTheDefinitionSays() throws {
    let members = [
      "extras": #"[{"name": "n", "type": "int64"}, {"name": "s"}]"#,
      "nulls": #"["NULL", "\\N"]"#,
    ]
    let run = ingest(
      "\(Self.head),n,s\n\(Self.trip),NULL,\\N\n\(Self.trip),1,\n\(Self.trip),2,\"NULL\"\n", members
    )
    #expect(run.exitCode == .done, "\(run.messages)")
    #expect(try values("n") == ["1", "2", "null"])
    #expect(try values("s") == [#""""#, "null", "null"])
  }

  @Test func quotedEmptyTextsComeBack() throws {
    let run = ingest(
      "\(Self.head),s,u\n\(Self.trip),\"\",\n\(Self.trip),,\"\"\n\(Self.trip),\"a\",\"b\"\n",
      ["extras": #"[{"name": "s"}, {"name": "u"}]"#, "quoted_empty": "true"])
    #expect(run.exitCode == .done, "\(run.messages)")
    #expect(try values("s") == [#""""#, #""a""#, "null"])
    let rows = CommandRun(["query", "--select", "rows", "--lake", lake]).output
    let file = folder.file("rows.csv", rows)
    #expect(rows.contains(",\"\",\n") && rows.contains(",,\"\"\n"), "\(rows)")
    let other = folder.path + "/other"
    #expect(
      CommandRun(["formats", "lake", "--lake", lake, "-o", folder.path + "/l.json"]).exitCode
        == .done)
    let load = CommandRun(["ingest", "--lake", other, "--input", folder.path + "/l.json", file])
    #expect(load.exitCode == .done, "\(load.messages)")
    let again = CommandRun(["query", "--select", "rows", "--lake", other]).output
    #expect(again.split(separator: "\n").sorted() == rows.split(separator: "\n").sorted())
  }

  /// Every type at the ends of its range, into a new lake and once more into the same one.
  @Test func everyTypeComesBack() throws {
    let extras = ["int64", "float64", "bool", "timestamp", "text"].map {
      "{\"name\": \"\($0)\", \"type\": \"\($0)\"}"
    }
    let values = [
      "9223372036854775807,5e-324,true,0001-01-01 00:00:00,\"a, \"\"b\"\"\nc\"",
      "-9223372036854775808,-0,false,9999-12-31 23:59:59.999999,#", ",,,,",
      "0,0.1,f,1969-12-31 23:59:59.5, ü ",
    ]
    let run = ingest(
      "\(Self.head),int64,float64,bool,timestamp,text\n"
        + values.map { "\(Self.trip),\($0)\n" }.joined(),
      ["extras": "[\(extras.joined(separator: ","))]"], zone: "Europe/Prague")
    #expect(run.exitCode == .done, "\(run.messages)")
    let rows = folder.path + "/rows.csv"
    #expect(
      CommandRun(["query", "--select", "rows", "--lake", lake, "-o", rows]).exitCode == .done)
    let json = folder.path + "/lake.json"
    #expect(CommandRun(["formats", "lake", "--lake", lake, "-o", json]).exitCode == .done)
    let other = folder.path + "/other"
    let load = CommandRun(
      ["ingest", "--lake", other, "--zone", "Europe/Prague", "--input", json, rows])
    #expect(load.exitCode == .done, "\(load.messages)")
    let sums = try [lake, other].map { path in
      let status = CommandRun(["status", "--lake", path, "--format", "json"]).output
      return try JSONParser.parse(Array(status.utf8))["row_hash_sum"]?.text
    }
    #expect(sums[0] != nil && sums[0] == sums[1])
    #expect(
      CommandRun(["ingest", "--lake", other, "--force", "--input", "trips", rows]).exitCode == .done
    )
    let twice = CommandRun(["query", "--select", "rows", "--lake", other, "--format", "ndjson"])
      .lines
    let once = CommandRun(["query", "--select", "rows", "--lake", lake, "--format", "ndjson"]).lines
    #expect(twice.sorted() == (once + once).sorted())
  }

  @Test(arguments: [64, 65])
  func asManyExtrasAsATripMayHave(_ count: Int) throws {
    let names = (1...count).map { "c\($0)" }.joined(separator: ",")
    let values = (1...count).map(String.init).joined(separator: ",")
    let run = ingest(
      "\(Self.head),\(names)\n\(Self.trip),\(values)\n", ["other_columns": #""keep""#])
    #expect(run.exitCode == (count == 64 ? .done : .badData), "\(run.messages)")
    if count == 64 {
      #expect(try self.values("c64") == [#""64""#])
    } else {
      #expect(run.messages.contains("error[TL-2020]"))
    }
    let list = (1...count).map { #"{"name": "c\#($0)"}"# }.joined(separator: ",")
    let listed = ingest("\(Self.head)\n\(Self.trip)\n", ["extras": "[\(list)]"])
    #expect(listed.exitCode == (count == 64 ? .done : .settings), "\(listed.messages)")
  }

  @Test func otherColumnsAreKeptUnderTheirNames() throws {
    let run = ingest(
      "\(Self.head), Colour ,colour,start_time,,datetime\n\(Self.trip),red,blue,a,b,c\n",
      ["other_columns": #""keep""#])
    #expect(run.exitCode == .done, "\(run.messages)")
    #expect(try values("Colour") == [#""red""#] && values("colour") == [#""blue""#])
    #expect(try values("start_time") == [#""2018-05-28T09:03:40Z""#])
    #expect(
      run.messages.contains("passed over: start_time, (no name), datetime"), "\(run.messages)")
  }

  @Test func aColumnOfAnotherTypeIsRefused() {
    #expect(
      ingest("\(Self.head),v\n\(Self.trip),1\n", ["extras": #"[{"name": "v", "type": "int64"}]"#])
        .exitCode == .done)
    let run = ingest(
      "\(Self.head),v\n\(Self.trip),2\n", ["extras": #"[{"name": "v"}]"#], name: "b.csv")
    #expect(run.exitCode == .badData && run.messages.contains("error[TL-2025]"), "\(run.messages)")
  }

  @Test(arguments: ["region", "datetime", "load", "origin_coord"])
  func reservedNamesAreRefused(_ name: String) {
    let run = ingest("\(Self.head)\n\(Self.trip)\n", ["extras": #"[{"name": "\#(name)"}]"#])
    #expect(run.exitCode == .settings && run.messages.contains("cannot be called \(name)"))
  }

  // MARK: - Records

  @Test func ragsCommentsAndBlankLinesAreCounted() throws {
    let members = [
      "ragged": "true", "comment": ##""#""##, "extras": #"[{"name": "a"}, {"name": "b"}]"#,
    ]
    let run = ingest(
      "# \"one\n\(Self.head),a,b\n\(Self.trip)\n# two\r\n\n\(Self.trip),1\n\(Self.trip),1,\"2\",,\n\(Self.trip),1,2,3\n \t\n",
      members, ["--max-errors", "50%"])
    #expect(run.exitCode == .committedWithRejects, "\(run.messages)")
    let file = try JSONParser.parse(Array(run.output.utf8))["files"]?.elements?[0]
    let counts = ["records", "header", "blank", "comment", "stored", "rejected"].map {
      file?[$0]?.integer
    }
    #expect(counts == [9, 1, 2, 2, 3, 1], "\(run.output)")
    #expect(
      try values("a") == [#""1""#, #""1""#, "null"] && values("b") == [#""2""#, "null", "null"])
    #expect(run.messages.contains("in.csv:8:1"), "\(run.messages)")
  }

  @Test func rejectsOfAFileWithSemicolonsComeBackMended() throws {
    let members = ["delimiter": #"";""#, "extras": #"[{"name": "a,b"}]"#]
    let run = ingest(
      "x;y;t;a,b\n14.4;50.1;2018-05-28 09:03:40;1\n14.4;5o.1;2018-05-28 09:03:40;2\n", members,
      ["--max-errors", "50%"])
    #expect(run.exitCode == .committedWithRejects, "\(run.messages)")
    let rejects = CommandRun(["load", "1", "--rejects", "--lake", lake]).output
    #expect(rejects.hasPrefix("reject_file;reject_line;"), "\(rejects)")
    let mended = folder.file("mended.csv", rejects.replacing("5o.1", with: "50.1"))
    let load = CommandRun(["ingest", "--lake", lake, "--input", definition(members), mended])
    #expect(load.exitCode == .done, "\(load.messages)")
    #expect(try values("a,b") == [#""1""#, #""2""#])
  }

  /// A file of rejects that is read by a layout which keeps all columns does not keep why they were rejected.
  @Test func reasonsOfRejectsAreNotKept() throws {
    let text =
      "start_lon,start_lat,start_time,colour\n14.4,50.1,2018-05-28 09:03:40,red\n14.4,5o.1,2018-05-28 09:03:40,blue\n"
    let file = folder.file("in.csv", text)
    #expect(
      CommandRun(["ingest", "--lake", lake, "--max-errors", "50%", file]).exitCode
        == .committedWithRejects)
    let rejects = CommandRun(["load", "1", "--rejects", "--lake", lake]).output
    let mended = folder.file("mended.csv", rejects.replacing("5o.1,", with: "50.1,"))
    #expect(CommandRun(["ingest", "--lake", lake, mended]).exitCode == .done)
    #expect(try values("colour") == [#""blue""#, #""red""#])
    #expect(try values("reject_line") == ["null", "null"])
  }

  // MARK: - Times

  private static let clocks =
    "14.4,50.1,2018-03-25 02:30:00\n14.4,50.1,2018-10-28 02:30:00\n14.4,50.1,2018-07-01 12:00:00\n"

  @Test func gapsAndOverlapsAreReadAndCounted() throws {
    let run = ingest(
      Self.head + "\n" + Self.clocks, ["time": #"{"columns": ["t"], "zone": "Europe/Prague"}"#])
    #expect(run.exitCode == .done, "\(run.messages)")
    #expect(
      try values("start_time") == [
        #""2018-03-25T01:30:00Z""#, #""2018-07-01T10:00:00Z""#, #""2018-10-28T00:30:00Z""#,
      ])
    #expect(run.messages.contains("1 trip stored at a later time"))
    #expect(run.messages.contains("1 trip stored at the first of two times"))
  }

  @Test func gapsAndOverlapsAreRejectedWhereTheDefinitionSaysSo() throws {
    let time = #"{"columns": ["t"], "zone": "lake", "gap": "reject", "overlap": "reject"}"#
    let run = ingest(
      Self.head + "\n" + Self.clocks, ["time": time], zone: "Europe/Prague",
      ["--max-errors", "100%"])
    #expect(run.exitCode == .committedWithRejects, "\(run.messages)")
    #expect(run.messages.contains("error[TL-2042]") && run.messages.contains("error[TL-2043]"))
    #expect(try values("start_time") == [#""2018-07-01T12:00:00+02:00""#])
  }

  @Test func theEndMayComeBeforeTheStart() {
    let run = ingest(
      "\(Self.head),e\n\(Self.trip),2018-05-28 09:03:39\n\(Self.trip),2018-05-28 09:03:40\n\(Self.trip),\n",
      ["end_time": #"{"columns": ["e"]}"#])
    #expect(
      run.exitCode == .done && run.messages.contains("1 trip stored that end"), "\(run.messages)")
  }

  // MARK: - Regions

  @Test func regionsOfFileNames() throws {
    let members = ["region": #"{"file_name": "trips-{}-*.csv"}"#]
    #expect(
      ingest("\(Self.head)\n\(Self.trip)\n", members, name: "trips-Brno-2018-05.csv").exitCode
        == .done)
    #expect(try values("region") == [#""Brno""#])
    let run = ingest("\(Self.head)\n14.5,50.1,2018-05-28 09:03:40\n", members, name: "trips.csv")
    #expect(run.exitCode == .badData && run.messages.contains("error[TL-2026]"), "\(run.messages)")
  }

  private static let areas = """
    {"type": "FeatureCollection", "features": [
      {"type": "Feature", "properties": {"name": "ring"}, "geometry": {"type": "MultiPolygon", "coordinates": [
        [[[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]], [[4, 4], [6, 4], [6, 6], [4, 6], [4, 4]]],
        [[[20, 0], [21, 0], [21, 1], [20, 0]]]]}},
      {"type": "Feature", "properties": {"name": "hole"}, "geometry": {"type": "Polygon", "coordinates": [
        [[4, 4], [6, 4], [6, 6], [4, 6], [4, 4]]]}}]}
    """

  @Test func regionsOfAreas() throws {
    _ = folder.file("areas.geojson", Self.areas)
    let places = ["1,1", "5,5", "6,5", "20.5,0.5", "20.5,0.6", "15,5"]
    let text = Self.head + "\n" + places.map { "\($0),2018-05-28 09:03:40\n" }.joined()
    let rejecting = ingest(
      text, ["region": #"{"areas": "areas.geojson"}"#], ["--max-errors", "100%"])
    #expect(
      rejecting.exitCode == .committedWithRejects && rejecting.messages.contains("error[TL-2034]"),
      "\(rejecting.messages)")
    #expect(try values("region") == [#""hole""#, #""ring""#, #""ring""#, #""ring""#])
    let run = ingest(
      text, ["region": #"{"areas": "areas.geojson", "outside": "none"}"#], name: "b.csv",
      ["--force"])
    #expect(run.exitCode == .done, "\(run.messages)")
    #expect(try values("region").count { $0 == #""none""# } == 2)
  }

  @Test func boxesInTheDefinition() throws {
    let members = [
      "region":
        #"{"areas": [{"name": "a", "box": [0, 0, 1, 1]}, {"name": "b", "box": [170, -1, -170, 1]}], "outside": "c"}"#
    ]
    let text =
      Self.head + "\n"
      + ["1,1", "180,0", "-175,1", "2,2"].map { "\($0),2018-05-28 09:03:40\n" }.joined()
    #expect(ingest(text, members).exitCode == .done)
    #expect(try values("region") == [#""a""#, #""b""#, #""b""#, #""c""#])
  }

  // MARK: - Odd places

  /// 40 trips of a city, and some whose places are exchanged, far away, or nowhere.
  @Test func swappedAndFarAwayPlacesAreCounted() {
    let usual = (0..<40).map { "-73.9\($0 % 10)1,40.7\($0 % 9)2,-73.95,40.75" }
    let odd = [
      "40.75,-73.95,40.76,-73.96", "40.75,-73.95,-73.95,40.75", "-73.95,40.75,40.75,-73.95",
      "-73.95,44,-73.95,40.75", "-73.95,40.75,2.3,48.8", "0,0,0,0", "-73.2,41.2,-73.95,40.75",
    ]
    let text =
      "x,y,u,v,t\n" + (usual + odd).map { "\($0),2018-05-28 09:03:40\n" }.joined()
    let run = ingest(text, ["destination": #"{"x": ["u"], "y": ["v"]}"#])
    #expect(run.exitCode == .done, "\(run.messages)")
    #expect(run.messages.contains("3 trips stored whose x and y"), "\(run.messages)")
    #expect(run.messages.contains("2 trips stored with a place far away"), "\(run.messages)")
    #expect(run.messages.contains("1 trip stored with a place at (0, 0)"))
  }

  @Test func aCountryHasNothingFarAway() {
    let rows = (0..<60).map { "\(6 + $0 % 9),\(47 + $0 % 8),2018-05-28 09:03:40\n" }.joined()
    let run = ingest("\(Self.head)\n" + rows)
    #expect(run.exitCode == .done && !run.messages.contains("warning"), "\(run.messages)")
  }

  // MARK: - Folders and patterns

  @Test func foldersAndPatternsAreExpanded() throws {
    for name in ["b.csv", "a.csv", ".hidden.csv", "c.csv.part", "sub/d.csv", "sub/lake/LAKE"] {
      let path = folder.path + "/in/" + name
      try SystemDoor.makeFolders(above: path)
      let row = "14.4,50.1,2018-05-28 09:03:40"
      _ = folder.file("in/" + name, "start_lon,start_lat,start_time,\(name)\n\(row),1\n")
    }
    let run = CommandRun(["ingest", "--lake", lake, "--format", "csv", folder.path + "/in/"])
    #expect(run.exitCode == .done, "\(run.messages)")
    let names = run.lines.dropFirst().map {
      $0.split(separator: ",")[0].dropFirst(folder.path.count)
    }
    #expect(Array(names) == ["/in/a.csv", "/in/b.csv", "/in/sub/d.csv"])
    let again = CommandRun([
      "ingest", "--lake", lake, "--format", "csv", folder.path + "/in/[ab]*.csv",
    ])
    #expect(again.exitCode == .done && again.lines.count == 3, "\(again.messages)")
    let none = CommandRun(["ingest", "--lake", lake, folder.path + "/in/z*.csv"])
    #expect(none.exitCode == .inputMissing && none.messages.contains("z*.csv"))
    let empty = folder.path + "/empty/.x"
    try SystemDoor.makeFolders(above: empty)
    let run2 = CommandRun(["ingest", "--lake", lake, folder.path + "/empty"])
    #expect(run2.exitCode == .inputMissing && run2.messages.contains("no file in the folder"))
  }

  // MARK: - Dry run

  @Test func aDryRunTellsAndWritesNothing() throws {
    let sample = SampleLake()
    let kinds = [".man", ".trip", ".csv", ""]
    let before = kinds.map { FolderContents.files(under: sample.path, suffix: $0) }
    let rows = (0..<80_000).map { "\(14 + Double($0 % 1000) / 1e4),50.1,2018-05-28 09:03:40,red\n" }
    let large = folder.file("large.csv", "start_lon,start_lat,start_time,colour\n" + rows.joined())
    let bad = folder.file("bad.csv", "name,colour\nx,red\n")
    let scratch = folder.path + "/scratch/.keep"
    try SystemDoor.makeFolders(above: scratch)
    let words = [
      "ingest", "--dry-run", "--lake", sample.path, "--format", "json", SampleLake.trips, large,
      bad,
    ]
    let run = CommandRun(words, variables: ["TMPDIR": folder.path + "/scratch"])
    #expect(run.exitCode == .done, "\(run.messages)")
    let json = try JSONParser.parse(Array(run.output.utf8))
    let forecasts = json["rows"]?.elements?.map { $0["forecast"]?.text }
    #expect(forecasts == ["already_loaded", "loaded", "failed"], "\(run.output)")
    let file = json["rows"]?.elements?[1]
    #expect(file?["definition"]?.text == "generic-pick-ups")
    #expect(
      (file?["stored"]?.integer).map { (78_000...82_000).contains($0) } == true, "\(run.output)")
    #expect((json["stats"]?["data_bytes"]?.integer ?? 0) > 1000)
    #expect(run.messages.contains("nothing was written"))
    #expect(kinds.map { FolderContents.files(under: sample.path, suffix: $0) } == before)
    #expect(FolderContents.files(under: folder.path + "/scratch", suffix: "").isEmpty)
    #expect((file?["part_read"]?.number ?? 1) < 0.8)
    let none = CommandRun(["ingest", "--dry-run", "--lake", lake, large])
    #expect(none.exitCode == .done && !SystemDoor.exists(lake), "\(none.messages)")
    #expect(CommandRun("ingest --dry-run -").exitCode == .usage)
  }
}
