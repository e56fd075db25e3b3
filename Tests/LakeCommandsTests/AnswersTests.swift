import LakeBytes
import LakeTestSupport
import Testing

@testable import LakeCommands

/// The known answers for the sample trips.
@Suite struct AnswersTests {
  private let lake = SampleLake()

  @Test func weeklyByRegion() {
    let run = lake.run("weekly --format csv")
    #expect(run.exitCode == .done)
    #expect(
      run.output == """
        region,trips,weeks,active_weeks,average,active_average
        Hamburg,28,5,5,5.6,5.6
        Prague,34,5,5,6.8,6.8
        Turin,38,5,5,7.6,7.6

        """)
  }

  @Test func weeklyOfAll() {
    #expect(lake.run("weekly --by none").lines.last == "100,5,5,20,20")
  }

  @Test(arguments: [
    ("7.5415091,45.091605,10.0588964,53.4948642", "origin", "12,5,5,2.4,2.4"),
    ("7.5415091,45.091605,10.0588964,53.4948642", "destination", "15,5,5,3,3"),
    ("7.5415091,45.091605,10.0588964,53.4948642", "both", "3,5,2,0.6,1.5"),
    ("7.5415091,45.091605,10.0588964,53.4948642", "either", "24,5,5,4.8,4.8"),
    // The west edge is the smallest origin of Turin, to the last bit.
    (turin, "origin", "38,5,5,7.6,7.6"), (turin, "destination", "33,5,5,6.6,6.6"),
    (turin, "both", "33,5,5,6.6,6.6"), (turin, "either", "38,5,5,7.6,7.6"),
    ("14.0,49.9,14.6,50.2", "origin", "28,5,5,5.6,5.6"),
    ("14.0,49.9,14.6,50.2", "destination", "26,5,5,5.2,5.2"),
    ("14.0,49.9,14.6,50.2", "both", "22,5,5,4.4,4.4"),
    ("14.0,49.9,14.6,50.2", "either", "32,5,5,6.4,6.4"),
    ("14.35,50.02,14.50,50.11", "origin", "10,5,4,2,2.5"),
    ("14.35,50.02,14.50,50.11", "destination", "12,5,5,2.4,2.4"),
    ("14.35,50.02,14.50,50.11", "both", "3,5,2,0.6,1.5"),
    ("14.35,50.02,14.50,50.11", "either", "19,5,5,3.8,3.8"),
    ("9.849758,53.530411,9.991550,53.606563", "origin", "1,5,1,0.2,1"),
    ("9.849758,53.530411,9.991550,53.606563", "destination", "2,5,2,0.4,1"),
    ("9.849758,53.530411,9.991550,53.606563", "both", "0,5,0,0,"),
    ("9.849758,53.530411,9.991550,53.606563", "either", "3,5,2,0.6,1.5"),
  ])
  func weeklyInABox(box: String, end: String, row: String) {
    let run = lake.run("weekly --bbox=\(box) --at \(end)")
    #expect(run.exitCode == .done)
    #expect(run.lines == ["trips,weeks,active_weeks,average,active_average", row])
  }

  private static let turin =
    "7.513035087952872,44.976024665620514,7.739760019780325,45.13940102848316"

  @Test func perWeekShowsWeeksWithoutTrips() {
    let run = lake.run("weekly --region Hamburg --from 2018-W17 --to 2018-W19 --per-week")
    #expect(
      run.lines == [
        "region,week,trips", "Hamburg,2018-W17,0", "Hamburg,2018-W18,5", "Hamburg,2018-W19,6",
      ])
    #expect(
      lake.run("weekly --by none --per-week").lines
        == [
          "week,trips", "2018-W18,23", "2018-W19,20", "2018-W20,19", "2018-W21,26", "2018-W22,12",
        ])
  }

  @Test func theWeeksThatCount() {
    let wide = lake.run("weekly --region Prague --from 2018-W01 --to 2018-W52")
    #expect(wide.lines.last == "Prague,34,52,5,0.6538461538461539,6.8")
    // A week of which one day is asked for counts as one.
    let day = lake.run("weekly --region Prague --from 2018-05-01 --to 2018-05-01")
    #expect(day.lines.last?.split(separator: ",", omittingEmptySubsequences: false)[2] == "1")
    let outside = lake.run("weekly --region Prague --from 2019-W01 --to 2019-W02")
    #expect(outside.lines.last == "Prague,0,2,0,0,")
  }

  @Test func areas() {
    #expect(lake.run("weekly --by area").messages.hasPrefix("error[TL-5006]"))
    lake.run("area import \(SampleLake.areas)")
    let run = lake.run("weekly --by area")
    #expect(
      run.lines == [
        "area,trips,weeks,active_weeks,average,active_average", "Prague centre,10,5,4,2,2.5",
        "Turin,38,5,5,7.6,7.6",
      ])
    let one = CommandRun(
      ["weekly", "--area", "Prague centre", "--at", "both", "--lake", lake.path])
    #expect(one.lines.last == "3,5,2,0.6,1.5")
    let unknown = lake.run("weekly --area Turn")
    #expect(unknown.exitCode == .usage && unknown.messages.contains("did you mean \"Turin\"?"))
  }

  @Test func counts() {
    #expect(lake.run("query").output == "count\n100\n")
    #expect(lake.run("query --region Turin --region Prague").output == "count\n72\n")
    #expect(
      lake.run("query --group-by source").lines == [
        "source,count", "baba_car,16", "bad_diesel_vehicles,18", "cheap_mobile,33", "funny_car,13",
        "pt_search_app,20",
      ])
    #expect(
      lake.run("query --group-by region --source cheap_mobile").lines
        == ["region,count", "Hamburg,10", "Prague,13", "Turin,10"])
    #expect(
      lake.run("query --group-by week,region --from 2018-W21 --to 2018-W21").lines
        == ["week,region,count", "2018-W21,Hamburg,7", "2018-W21,Prague,5", "2018-W21,Turin,14"])
    #expect(lake.run("query --group-by day --from 2018-05-31").lines.count == 2)
    #expect(lake.run("query --group-by month").lines == ["month,count", "2018-05,100"])
    let months = lake.run("query --group-by month,region --top 1 --format ndjson").output
    #expect(months.hasPrefix(#"{"month":"2018-05","region":"#))
    #expect(
      lake.run("query --from 2018-05-31T06:20:59 --to 2018-05-31T06:20:59Z").lines.last == "1")
    #expect(lake.run("query --source nobody --fail-if-empty").exitCode == .nothingFound)
  }

  @Test func theLargestGroups() {
    #expect(
      lake.run("query --group-by source --top 2").lines
        == ["source,count", "cheap_mobile,33", "pt_search_app,20"])
    #expect(
      lake.run("query --group-by source --min-count 18").lines
        == ["source,count", "bad_diesel_vehicles,18", "cheap_mobile,33", "pt_search_app,20"])
    #expect(
      lake.run("query --group-by region --source cheap_mobile --top 9 --min-count 10").lines
        == ["region,count", "Prague,13", "Hamburg,10", "Turin,10"])
    for line in ["query --top 2", "query --group-by region --top 0", "query --min-count 2"] {
      #expect(lake.run(line).exitCode == .usage)
    }
  }

  @Test func factsOfGroups() {
    let run = lake.run(
      "query --group-by region --select latest_source,count,last_time --top 2 --explain")
    #expect(
      run.lines == [
        "region,latest_source,count,last_time", "Turin,pt_search_app,38,2018-05-31 06:20:59",
        "Prague,cheap_mobile,34,2018-05-29 12:44:02",
      ])
    #expect(run.messages.contains("opened 0 files"))
    #expect(lake.run("query --select first_time").lines.count == 2)
    #expect(
      lake.run("query --select first_time,latest_source --from 2099-01-01").lines
        == ["first_time,latest_source", ","])
    for line in ["query --select count,rows", "query --select count,count", "query --select x"] {
      #expect(lake.run(line).exitCode == .usage)
    }
    #expect(lake.run("query --select lastest_source").messages.contains("latest_source"))
  }

  @Test func groups() {
    let top = lake.run("groups --cell 0.1 --top 2 --slot 1440")
    #expect(
      top.lines.first
        == "origin_cell_x,origin_cell_y,destination_cell_x,destination_cell_y,slot,trips")
    let same = lake.run(
      "query --group-by origin_cell,destination_cell,slot --cell 0.1 --top 2 --slot 1440")
    #expect(top.lines.dropFirst() == same.lines.dropFirst() && top.lines.count == 3)
    let hashes = lake.run("groups --cell geohash:3 --centres --region Prague --slot 720 --top 1")
    #expect(
      hashes.lines.first
        == "origin_cell_x,origin_cell_y,origin_geohash,destination_cell_x,destination_cell_y,"
        + "destination_geohash,slot,origin_centre_x,origin_centre_y,destination_centre_x,"
        + "destination_centre_y,trips")
    #expect(hashes.lines.last?.hasPrefix("10,35,u2f,10,35,u2f,") == true)
    #expect(hashes.lines.last?.contains(",14.765625,49.921875,14.765625,49.921875,") == true)
    let weeks = lake.run("groups --cell 500m --per-week").lines
    #expect(weeks.first?.hasSuffix(",slot,week,trips") == true && weeks.count > 90)
    let json = lake.run("groups --cell 1 --min-count 3 --format json --region Turin").output
    #expect(json.contains(#""schema": "triplake.groups/1""#))
    #expect(json.contains(#""cell":"1""#) && json.contains(#""slot":60"#))
    #expect(json.contains(#""min_count":3"#))
    #expect(lake.run("groups --fail-if-empty --source nobody").exitCode == .nothingFound)
    for line in [
      "groups --slot 50", "groups --cell 5km", "groups --top 0", "groups --cell geohash:13",
    ] {
      #expect(lake.run(line).exitCode == .usage, "\(line)")
    }
    #expect(CommandRun("help cells").output.contains("111195.08"))
  }

  @Test func cells() {
    let run = lake.run("query --group-by origin_cell,hour --cell 0.1 --top 2")
    #expect(run.lines.first == "origin_cell_x,origin_cell_y,hour,count")
    #expect(run.lines.count == 3 && run.lines[1].hasPrefix("7"))
    let all = lake.run("query --group-by destination_cell --cell 1")
    #expect(
      all.lines == [
        "destination_cell_x,destination_cell_y,count", "7,44,5", "7,45,33", "9,53,11", "10,53,17",
        "14,49,2", "14,50,32",
      ])
    #expect(lake.run("query --group-by origin_cell --threads 2").lines.count > 50)
    #expect(
      lake.run("query --group-by origin_cell --memory 100").messages.hasPrefix("error[TL-5007]"))
    for line in [
      "query --cell 0.1", "query --group-by hour --cell 0.1", "query --group-by hour --memory 1G",
      "query --group-by origin_cell --cell 0", "query --group-by origin_cell --cell nan",
      "query --group-by origin_cell --select count,last_time",
      "query --group-by origin_cell,origin_cell",
    ] {
      #expect(lake.run(line).exitCode == .usage, "\(line)")
    }
  }

  @Test func hoursAndWeekdays() {
    #expect(
      lake.run("query --group-by weekday").lines
        == ["weekday,count", "1,14", "2,18", "3,11", "4,16", "5,9", "6,15", "7,17"])
    #expect(lake.run("query --group-by hour").lines.prefix(3) == ["hour,count", "0,3", "1,5"])
    #expect(
      lake.run("query --group-by slot --slot 720").lines.map { String($0.prefix(6)) }
        == ["slot,c", "00:00,", "12:00,"])
    #expect(lake.run("query --group-by slot --slot 50").exitCode == .usage)
    #expect(lake.run("query --group-by hour --slot 30").exitCode == .usage)
    #expect(lake.run("query --hours 7-9,17 --weekdays 1-5").lines.last == "9")
    #expect(lake.run("query --hours 22-3").lines.last == "21")
    #expect(
      lake.run("weekly --by none --hours 22-3 --from 2018-W18 --to 2018-W22").lines.last?
        .hasPrefix("21,5,") == true)
    let json = lake.run("query --hours 23-1 --weekdays 6,7 --format json").output
    #expect(json.contains("\"hours\"") && json.contains("\"weekdays\""))
  }

  @Test func rowsComeBackAsTheyWentIn() throws {
    let input = try SystemDoor.readFile(SampleLake.trips, limit: 1 << 20)
    let expected = String(decoding: input, as: UTF8.self).split(separator: "\n").map(String.init)
    let run = lake.run("query --select rows --format csv")
    #expect(run.lines.first == expected.first)
    // The sample has doubles written with a digit more than they need.
    #expect(
      run.lines.map(withShortestNumbers).sorted() == expected.map(withShortestNumbers).sorted())
    #expect(run.lines.map(withShortestNumbers) == run.lines)
  }

  private func withShortestNumbers(_ row: String) -> String {
    row.split(separator: ",").map { field in
      field.split(separator: " ").map { word in
        let digits = word.filter { "0123456789.".contains($0) }
        guard digits.contains("."), let number = Double(digits) else { return String(word) }
        return word.hasPrefix("(") ? "(\(number)" : word.hasSuffix(")") ? "\(number))" : "\(number)"
      }.joined(separator: " ")
    }.joined(separator: ",")
  }

  @Test func rowsInOtherFormats() throws {
    let json = lake.run("query --select rows --format json --region Turin --to 2018-W18")
    let value = try JSONParser.parse(Array(json.output.utf8))
    let row = try #require(value["rows"]?.elements?.first)
    #expect(
      row.members?.map(\.name) == [
        "region", "origin_x", "origin_y", "destination_x", "destination_y", "start_time", "source",
      ])
    #expect(value["rows"]?.elements?.count == 8)
    #expect(value["filter"]?["region"]?.elements == [.string("Turin")])
    #expect(row["start_time"]?.text?.hasSuffix("Z") == true)
    let tsv = lake.run("query --select rows --format tsv --region Turin --to 2018-W18")
    #expect(tsv.lines.count == 9)
    #expect(tsv.lines[0] == SeedRows.columnNames.joined(separator: "\t"))
  }

  @Test func explainGoesToStderr() throws {
    let text = lake.run("weekly --explain")
    #expect(text.lines.count == 4)
    #expect(text.messages.contains("15 considered") && text.messages.contains("opened 0 files"))
    let json = lake.run("weekly --explain=json")
    let value = try JSONParser.parse(Array(json.messages.utf8))
    #expect(value["files_opened"]?.integer == 0)
    #expect(value["files"]?["covered"]?.integer == 15)
    #expect(lake.run("weekly --explain=xml").exitCode == .usage)
  }

  @Test func contradictions() {
    #expect(lake.run("weekly --at both").messages.hasPrefix("error[TL-1008]"))
    #expect(lake.run("query --from 2018-W20 --to 2018-W19").messages.hasPrefix("error[TL-5003]"))
    #expect(lake.run("weekly --from 2018-W20 --to 2018-W19").messages.hasPrefix("error[TL-5003]"))
    #expect(lake.run("weekly --from 2018-05-01T00:00:00").messages.hasPrefix("error[TL-1008]"))
    #expect(lake.run("weekly --region Prgue").messages.contains("did you mean \"Prague\"?"))
  }

  @Test func aMisspeltSourceIsNoticed() {
    let lake = SampleLake()
    for line in ["query --source funy_car", "weekly --source funy_car"] {
      let run = lake.run(line)
      #expect(run.exitCode == .done)
      #expect(
        run.messages.contains("has the source \"funy_car\"; did you mean \"funny_car\"?"))
    }
    #expect(lake.run("query --source funny_car").messages.isEmpty)
    #expect(lake.run("query --source funy_car -q").messages.isEmpty)
  }
}
