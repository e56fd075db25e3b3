import LakeTestSupport
import Testing

@testable import LakeCommands

/// `query` over extra columns, against answers by hand.
@Suite struct AggregateCommandTests {
  let folder = TemporaryFolder()
  private var lake: String { folder.path + "/lake" }

  private static let rows = [
    "14.4,50.1,2018-05-28 09:03:40,10,0.5,true,card,2018-05-28 10:00:00",
    "14.5,50.2,2018-05-28 10:03:40,-3,,false,cash,2018-05-29 00:00:00",
    "14.6,50.3,2018-05-29 09:03:40,10,-0,true,card,",
    "14.7,50.4,2018-06-01 23:59:59,9223372036854775807,1e300,,,2018-06-01 12:30:00",
    "14.8,50.5,2018-06-01 00:00:00,,2.25,false,Card,1969-12-31 23:59:59",
  ]

  private func load() {
    let types = [
      ("fare", "int64"), ("tip", "float64"), ("shared", "bool"), ("paid", "text"),
      ("at", "timestamp"),
    ]
    let extras = types.map { "{\"name\": \"\($0)\", \"type\": \"\($1)\"}" }
      .joined(separator: ", ")
    ingest("x,y,t,fare,tip,shared,paid,at", Self.rows, extras, name: "first")
    // Its file holds no extra column but one.
    let fare = #"{"name": "fare", "type": "int64"}"#
    ingest("x,y,t,fare", ["14.9,50.6,2018-06-05 09:00:00,10"], fare, name: "second")
  }

  private func ingest(_ head: String, _ rows: [String], _ extras: String, name: String) {
    let definition = folder.file(
      "\(name).json",
      """
      {"name": "mine", "delimiter": ",", "region": {"constant": "R"},
       "origin": {"x": ["x"], "y": ["y"]}, "time": {"columns": ["t"], "zone": "UTC"},
       "source": {"constant": "s"}, "extras": [\(extras)]}
      """)
    let text = ([head] + rows).map { "\($0)\n" }.joined()
    let run = CommandRun(
      ["ingest", "--lake", lake, "--input", definition, folder.file("\(name).csv", text)])
    #expect(run.exitCode == .done, "\(run.messages)")
  }

  private func run(_ line: String) -> CommandRun { CommandRun("query --lake \(lake) \(line)") }

  @Test func groupsByColumnsOfEveryType() {
    load()
    let answers: [(String, [String])] = [
      ("--group-by paid", ["paid,count", "Card,1", "card,2", "cash,1", ",2"]),
      ("--group-by shared", ["shared,count", "false,2", "true,2", ",2"]),
      (
        "--group-by fare",
        ["fare,count", "-3,1", "10,3", "9223372036854775807,1", ",1"]
      ),
      ("--group-by tip", ["tip,count", "0,1", "0.5,1", "2.25,1", "1e+300,1", ",2"]),
      (
        "--group-by at --from 2018-05-29",
        ["at,count", "1969-12-31 23:59:59,1", "2018-06-01 12:30:00,1", ",2"]
      ),
      (
        "--group-by month,shared --where paid=card",
        ["month,shared,count", "2018-05,true,2"]
      ),
      ("--group-by paid --top 2", ["paid,count", "card,2", ",2"]),
      ("--group-by paid --min-count 2", ["paid,count", "card,2", ",2"]),
      ("--group-by shared,hour --from 2018-06-05", ["shared,hour,count", ",9,1"]),
    ]
    for (line, lines) in answers { #expect(run(line).lines == lines, "\(line)") }
  }

  @Test func aggregatesOfColumnsOfEveryType() {
    load()
    let answers: [(String, String)] = [
      ("count(tip),distinct(tip),min(tip),max(tip)", "4,4,0,1e+300"),
      ("count,count(fare),distinct(fare),min(fare),max(fare)", "6,5,3,-3,9223372036854775807"),
      ("min(paid),max(paid),distinct(paid),min(shared),max(shared)", "Card,cash,3,false,true"),
      ("min(at),max(at),first_time", "1969-12-31 23:59:59,2018-06-01 12:30:00,2018-05-28 09:03:40"),
      ("distinct(source),min(region),latest_source,last_time", "1,R,s,2018-06-05 09:00:00"),
      ("count(destination_x),max(destination_y),mean(destination_x)", "0,,"),
    ]
    for (select, line) in answers {
      #expect(run("--select \(select)").lines == [select, line], "\(select)")
    }
    #expect(
      run("--group-by month --select sum(fare),mean(fare),sum(tip) --where fare<100").lines == [
        "month,sum(fare),mean(fare),sum(tip)", "2018-05,17,5.666666666666667,0.5", "2018-06,10,10,",
      ])
    // 3 - 10 + the greatest would be too much on the way; the sum of all is not.
    #expect(
      run("--select sum(fare) --where fare!=10").lines.last == "9223372036854775804")
    let none = run("--select count,sum(fare),distinct(fare) --where fare>10 --from 2019-01-01")
    #expect(none.lines.last == "0,,0")
    #expect(run("--group-by paid --select sum(fare) --from 2019-01-01").lines.count == 1)
    let json = run("--group-by shared --select max(paid),sum(tip) --format ndjson").lines
    #expect(json.last == #"{"shared":null,"max(paid)":null,"sum(tip)":1e+300}"#)
    #expect(json.first == #"{"shared":false,"max(paid)":"cash","sum(tip)":2.25}"#)
  }

  @Test func whatCannotBeAsked() {
    load()
    let cases: [(String, Int)] = [
      ("--group-by pait", 1005), ("--group-by load", 1005), ("--group-by paid,paid", 1008),
      ("--select median(fare)", 1005), ("--select sum(fair)", 5011), ("--select sum()", 5011),
      ("--select sum(source)", 5013), ("--select mean(at)", 5013), ("--select sum(shared)", 5013),
      ("--select sum(fare)", 5014), ("--group-by origin_cell,paid", 1008),
      ("--group-by route --select max(fare)", 1008), ("--group-by paid --select rows", 1008),
      ("--group-by paid --slot 30", 1008), ("--select sum(fare),sum(fare)", 1008),
      ("--select max(fare) --top 3", 1008),
    ]
    for (line, code) in cases {
      let failed = run(line)
      #expect(failed.exitCode == .usage, "\(line)")
      #expect(failed.messages.hasPrefix("error[TL-\(code)]"), "\(line): \(failed.messages)")
      #expect(failed.output.isEmpty, "\(line)")
    }
    #expect(run("--group-by pait").messages.contains("did you mean"))
    #expect(run("--group-by regoin").messages.contains("region"))
    #expect(run("--select max(far)").messages.contains("did you mean"))
  }
}
