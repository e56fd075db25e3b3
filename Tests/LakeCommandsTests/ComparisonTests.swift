import LakeTestSupport
import Testing

@testable import LakeCommands

/// `--where` over extra columns of every type, against counts by hand.
@Suite struct ComparisonTests {
  let folder = TemporaryFolder()
  private var lake: String { folder.path + "/lake" }

  private static let head = "x,y,t,fare,tip,shared,paid,at"
  /// Every column but the roles may be null; the first row of the second file has a column less.
  private static let rows = [
    "14.4,50.1,2018-05-28 09:03:40,10,0.5,true,card,2018-05-28 10:00:00",
    "14.5,50.2,2018-05-28 10:03:40,-3,,false,cash,2018-05-29 00:00:00",
    "14.6,50.3,2018-05-29 09:03:40,10,-0,true,it's,",
    "14.7,50.4,2018-05-30 23:59:59,9223372036854775807,1e300,,,2018-06-01 12:30:00",
    "14.8,50.5,2018-05-30 00:00:00,,2.25,false,Card,1969-12-31 23:59:59",
  ]

  private func ingest(_ text: String, _ extras: String, name: String) {
    let definition = folder.file(
      "\(name).json",
      """
      {"name": "mine", "delimiter": ",", "region": {"constant": "R"},
       "origin": {"x": ["x"], "y": ["y"]}, "time": {"columns": ["t"], "zone": "UTC"},
       "source": {"constant": "s"}, "extras": [\(extras)]}
      """)
    let run = CommandRun(
      ["ingest", "--lake", lake, "--input", definition, folder.file("\(name).csv", text)])
    #expect(run.exitCode == .done, "\(run.messages)")
  }

  private func load() {
    let types = ["fare": "int64", "tip": "float64", "shared": "bool", "paid": "text"]
    let extras = (types.sorted { $0.key < $1.key } + [("at", "timestamp")])
      .map { "{\"name\": \"\($0)\", \"type\": \"\($1)\"}" }.joined(separator: ", ")
    ingest(
      "\(Self.head)\n" + Self.rows.map { "\($0)\n" }.joined(), extras, name: "first")
    ingest(
      "x,y,t,fare\n14.9,50.6,2018-06-05 09:00:00,10\n", #"{"name": "fare", "type": "int64"}"#,
      name: "second")
  }

  private func run(_ comparisons: [String], _ options: [String] = []) -> CommandRun {
    CommandRun(
      ["query", "--lake", lake] + options + comparisons.flatMap { ["--where", $0] })
  }

  @Test func everyTypeAndOrder() {
    load()
    let counts: [(String, Int)] = [
      ("fare>=10", 4), ("fare > 10", 1), ("fare=10", 3), ("fare!=10", 2), ("fare<10", 1),
      ("fare <= 9223372036854775807", 5), ("fare>9223372036854775807", 0),
      ("fare<-9223372036854775808", 0), ("fare is null", 1), ("fare IS NOT NULL", 5),
      ("tip>0", 3), ("tip = 0", 1), ("tip>=0.5", 3), ("tip!=0.5", 3), ("tip<1e300", 3),
      ("tip<-0", 0), ("tip is null", 2), ("tip is not null", 4),
      ("shared=true", 2), ("shared != true", 2), ("shared=false", 2), ("shared is null", 2),
      ("paid=card", 1), ("paid='card'", 1), ("paid = 'it''s'", 1), ("paid!='card'", 3),
      ("paid>='card'", 3), ("paid<'card'", 1), ("paid is null", 2), ("paid='a=b'", 0),
      ("at>=2018-05-29", 2), ("at=2018-05-29 00:00:00", 1), ("at<1970-01-01", 1),
      ("at = '2018-05-28 12:00:00+02:00'", 1), ("at is not null", 4),
      ("start_time>=2018-05-30", 3), ("datetime < 2018-05-28 10:00:00", 1), ("origin_x>14.6", 3),
      ("destination_x is null", 6), ("destination_y>0", 0), ("region='R'", 6), ("region!='R'", 0),
      ("region is null", 0), ("datasource>=s", 6), ("source<s", 0), ("origin_y!=50.1", 5),
    ]
    for (comparison, count) in counts {
      #expect(run([comparison]).lines.last == "\(count)", "\(comparison)")
      #expect(
        run([comparison], ["--select", "rows"]).lines.count == count + 1, "\(comparison)")
    }
    #expect(run(["fare=10", "shared=true", "tip>0"]).lines.last == "1")
    let groups = CommandRun([
      "groups", "--lake", lake, "--where", "fare=10", "--slot", "1440", "--cell", "90",
    ])
    #expect(groups.lines.last == "0,0,,,00:00,3")
    let weeks = CommandRun(["weekly", "--lake", lake, "--where", "fare=10", "--by", "none"])
    #expect(weeks.lines.last == "3,2,2,1.5,1.5")
  }

  @Test func statisticsDecideWhatTheyCan() {
    load()
    let none = run(["fare<-3"], ["--explain"]).messages
    #expect(none.contains("only some of its values may compare as asked"))
    let json = run(["fare<-3", "start_time<2018-06-01"], ["--explain=json"]).messages
    #expect(json.contains(#""files":{"considered":2,"skipped":1,"covered":0,"scanned":1}"#))
    #expect(json.contains(#""blocks":{"considered":1,"skipped":1,"covered":0,"scanned":0}"#))
    #expect(json.contains(#""pages_decoded":0"#))
    let covered = run(["fare>=-3", "fare=10", "start_time>2018-06-01"], ["--explain=json"])
    #expect(covered.messages.contains(#""pages_decoded":0"#))
    #expect(covered.lines.last == "1")
    #expect(run(["fare>=10"], ["--format", "json"]).output.contains(#""where":["fare>=10"]"#))
  }

  @Test func whatIsNoComparison() {
    load()
    for (text, code) in [
      ("fair>=10", 5011), ("load=1", 5011), ("=3", 5012), ("fare", 5012), ("fare is nil", 5012),
      ("fare>=1.5", 5012), ("fare='10'", 5012), ("tip>nan", 5012), ("tip>0x1", 5012),
      ("tip<1e999", 5012), ("shared<true", 5012), ("shared=1", 5012), ("paid='a'b'", 5012),
      ("paid='a", 5012), ("at>yesterday", 5012), ("is null", 5012),
    ] {
      let failed = run([text])
      #expect(failed.exitCode == .usage, "\(text)")
      #expect(failed.messages.hasPrefix("error[TL-\(code)]"), "\(text): \(failed.messages)")
    }
    #expect(run(["far>=10"]).messages.contains("did you mean"))
  }
}
