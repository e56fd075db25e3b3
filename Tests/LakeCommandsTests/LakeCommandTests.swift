import Glibc
import LakeBytes
import LakeTestSupport
import Testing

@testable import LakeCommands

@Suite struct LakeCommandTests {
  private static let header = "region,origin_coord,destination_coord,datetime,datasource\n"
  private static let row = "Prague,POINT (14.5 50),POINT (14.4 50.1),2018-05-28 09:03:40,car\n"

  @Test func ingestAsJSON() throws {
    let folder = TemporaryFolder()
    let words = ["ingest", "--lake", folder.path + "/l", "--format", "json", SampleLake.trips]
    let first = try JSONParser.parse(Array(CommandRun(words).output.utf8))
    for (name, count) in [
      ("load", 1), ("snapshot", 1), ("stored", 100), ("rejected", 0), ("duplicates", 0),
    ] {
      #expect(first[name]?.integer == Int64(count), "\(name)")
    }
    #expect(first["status"]?.text == "committed")
    #expect(first["seconds"]?.number ?? -1 >= 0)
    let file = try #require(first["files"]?.elements?.first)
    #expect(file["path"]?.text == SampleLake.trips && file["status"]?.text == "loaded")
    let counts = [
      "lines", "records", "header", "blank", "comment", "stored", "duplicates", "rejected",
    ]
    #expect(counts.map { file[$0]?.integer } == [101, 101, 1, 0, 0, 100, 0, 0])

    let again = CommandRun(words)
    #expect(again.exitCode == .done)
    #expect(again.messages.contains("already loaded by load 1"))
    let second = try JSONParser.parse(Array(again.output.utf8))
    #expect(second["status"]?.text == "already_loaded" && second["snapshot"]?.integer == 1)
    #expect(second["files"]?.elements?.first?["status"]?.text == "already_loaded")
    #expect(second["files"]?.elements?.first?["loaded_by"]?.integer == 1)
  }

  @Test func rejectsAreShownWithTheirPlace() {
    let folder = TemporaryFolder()
    let bad = folder.file(
      "bad.csv",
      Self.header + Self.row + "Prague,PINT (1 2),POINT (1 2),2018-05-28 09:03:40,car\n" + Self.row)
    let words = ["ingest", "--lake", folder.path + "/l", bad]
    let refused = CommandRun(words + ["--max-errors", "0"])
    #expect(refused.exitCode == .badData)
    #expect(refused.messages.contains("error[TL-2008]"))
    let run = CommandRun(words + ["--max-errors", "50%"])
    #expect(run.exitCode == .committedWithRejects)
    #expect(run.messages.contains("error[TL-2031]"))
    #expect(run.messages.contains("--> \(bad):3:8"))
    #expect(
      run.messages.contains("   | Prague,PINT (1 2)") && run.messages.contains("   |        ^"))
    #expect(run.messages.contains("ready to be mended"))
    let other = folder.file("other.csv", Self.header + Self.row + "x\n")
    let accepted = CommandRun(
      ["ingest", "--lake", folder.path + "/l", other, "--max-errors=1", "--rejects-ok"])
    #expect(accepted.exitCode == .done)
  }

  @Test func anInputDefinitionFromAFile() {
    let folder = TemporaryFolder()
    let definition = folder.file(
      "semicolons.json",
      #"""
      {"name": "semicolons", "delimiter": ";", "region": {"columns": ["area"]},
       "origin": {"point": ["from"]}, "destination": {"point": ["to"]},
       "time": {"columns": ["when"], "zone": "UTC"}, "source": {"columns": ["by"]}, "decimals": 3}
      """#)
    let trips = folder.file(
      "trips.csv",
      "by;when;area;from;to\ncar;2018-05-28 09:03:40;Prague;POINT (14.43781 50.07554);\n")
    let lake = folder.path + "/l"
    let run = CommandRun(["ingest", "--lake", lake, "--input", definition, trips])
    #expect(run.exitCode == .done)
    let rows = CommandRun(["query", "--lake", lake, "--select", "rows", "--format", "csv"])
    #expect(rows.output.contains("Prague,POINT (14.438 50.076),,2018-05-28 09:03:40,car"))
    let plain = CommandRun(["ingest", "--lake", lake, trips])
    #expect(plain.messages.contains("error[TL-2017]"))
    let broken = folder.file("broken.json", "{\"name\": \"x\",\n \"colour\": 1}")
    let refused = CommandRun(["ingest", "--lake", lake, "--input", broken, trips])
    #expect(refused.exitCode == .settings && refused.messages.contains("error[TL-2016]"))
    #expect(refused.messages.contains("colour is not a part of a definition"))
    #expect(refused.messages.contains("--> \(broken)"))
    let missing = CommandRun(["ingest", "--lake", lake, "--input", folder.path + "/no.json", trips])
    #expect(missing.exitCode == .settings && missing.messages.contains("cannot be read"))
  }

  @Test func formulasAreGuardedWhereAsked() {
    let folder = TemporaryFolder()
    let row = "=1+1,POINT (-14.5 50),,2018-05-28 09:03:40,@car\n"
    let trips = folder.file("trips.csv", Self.header + row)
    let lake = folder.path + "/l"
    #expect(CommandRun(["ingest", "--lake", lake, trips]).exitCode == .done)
    let query = ["query", "--lake", lake, "--select", "rows", "--format", "csv"]
    #expect(CommandRun(query).output == Self.header + row)
    let guarded = CommandRun(query + ["--guard-formulas"]).output
    #expect(
      guarded == Self.header + "'=1+1,POINT (-14.5 50),,2018-05-28 09:03:40,'@car\n")
    let weekly = CommandRun(
      ["weekly", "--lake", lake, "--format", "csv", "--guard-formulas"])
    #expect(weekly.output.contains("\n'=1+1,1,1,1,1,1\n"))
  }

  @Test func aLakeKeepsDefinitionsOfItsOwn() {
    let folder = TemporaryFolder()
    let trips = folder.file(
      "trips.csv",
      "by;when;area;from\ncar;2018-05-28 09:03:40;Prague;POINT (14.43781 50.07554)\n")
    let lake = folder.path + "/l"
    #expect(CommandRun(["init", "--lake", lake]).exitCode == .done)
    #expect(CommandRun(["ingest", "--lake", lake, trips]).messages.contains("error[TL-2005]"))
    #expect(mkdir(lake + "/inputs", 0o755) == 0)
    _ = folder.file(
      "l/inputs/own.json",
      #"""
      {"name": "own", "delimiter": ";", "region": {"columns": ["area"]},
       "origin": {"point": ["from"]}, "time": {"columns": ["when"], "zone": "UTC"},
       "source": {"columns": ["by"]}}
      """#)
    let run = CommandRun(["ingest", "--lake", lake, trips])
    #expect(run.exitCode == .done && run.messages.contains("read as own"))
    let again = CommandRun(["ingest", "--lake", lake, "--input", "own", trips])
    #expect(again.exitCode == .done && again.messages.contains("already loaded by load 1"))
    #expect(CommandRun(["verify", "--lake", lake]).exitCode == .done)
    _ = folder.file("l/inputs/broken.json", "{")
    let broken = CommandRun(["ingest", "--lake", lake, trips])
    #expect(broken.exitCode == .settings && broken.messages.contains("inputs/broken.json"))
  }

  @Test func exitCodesOfLoads() {
    let folder = TemporaryFolder()
    let lake = folder.path + "/l"
    let good = folder.file("good.csv", Self.header + Self.row)
    let missing = CommandRun(["ingest", "--lake", lake, folder.path + "/none.csv"])
    #expect(missing.exitCode == .inputMissing && missing.messages.contains("nothing was committed"))
    #expect(CommandRun(["status", "--lake", lake]).exitCode == .inputMissing)
    let some = CommandRun(["ingest", "--lake", lake, folder.path + "/none.csv", good])
    #expect(some.exitCode == .committedWithRejects && some.messages.contains("error[TL-2001]"))
    #expect(
      CommandRun(["ingest", "--lake", lake, folder.path + "/none.csv", good, "--rejects-ok"])
        .exitCode
        != .committedWithRejects)
    let header = folder.file("header.csv", "region,origin\n")
    let wrong = CommandRun(["ingest", "--lake", lake, header])
    #expect(wrong.exitCode == .badData && wrong.messages.contains("error[TL-2005]"))
    #expect(CommandRun(["ingest", "--lake", lake, good, "--memory", "1M"]).exitCode == .usage)
    #expect(
      CommandRun(["ingest", "--lake", lake, good, "--max-errors", "101%"]).exitCode == .usage)
  }

  @Test func anEmptyLakeAnswers() throws {
    let folder = TemporaryFolder()
    let lake = folder.path + "/l"
    let empty = folder.file("empty.csv", Self.header)
    #expect(CommandRun(["ingest", "--lake", lake, empty]).exitCode == .done)
    #expect(CommandRun("weekly --lake \(lake)").lines.count == 1)
    #expect(CommandRun("weekly --by none --lake \(lake)").lines.last == "0,0,0,,")
    #expect(CommandRun("query --lake \(lake)").lines.last == "0")
    #expect(CommandRun("query --group-by week --lake \(lake)").lines == ["week,count"])
    #expect(CommandRun("query --select rows --lake \(lake)").lines.count == 1)
    let json = CommandRun("status --format json --lake \(lake)").output
    let status = try JSONParser.parse(Array(json.utf8))
    #expect(status["rows"]?.integer == 0 && status["first_time"] == .null)
    #expect(CommandRun("verify --lake \(lake)").exitCode == .done)
    #expect(CommandRun("weekly --region X --lake \(lake)").exitCode == .usage)
  }

  @Test func standardInputIsReadOnce() {
    let run = CommandRun("ingest --lake /nowhere/l - -")
    #expect(run.exitCode == .usage && run.messages.hasPrefix("error[TL-1008]"))
  }

  @Test func aLakeThatCannotBeMade() {
    let folder = TemporaryFolder()
    let file = folder.file("a.csv", Self.header + Self.row)
    for path in ["\(file)", "\(file)/l", "\(file)/x/l"] {
      let run = CommandRun(["ingest", "--lake", path, file])
      #expect(run.exitCode == .cannotCreate && run.messages.hasPrefix("error[TL-3003]"))
    }
  }

  @Test func theZoneOfALakeIsFixed() {
    let folder = TemporaryFolder()
    let file = folder.file(
      "a.csv", Self.header + "Prague,POINT (14.5 50),,2018-05-27 22:30:00Z,car\n")
    let lake = folder.path + "/l"
    let unknown = CommandRun(["ingest", "--lake", lake, "--zone", "Europe/Pragu", file])
    #expect(unknown.exitCode == .usage && unknown.messages.hasPrefix("error[TL-3060]"))
    let outside = CommandRun(["ingest", "--lake", lake, "--zone", "../../etc/passwd", file])
    #expect(outside.messages.hasPrefix("error[TL-3060]"))
    #expect(
      CommandRun(["ingest", "--lake", lake, "--zone", "Europe/Prague", file]).exitCode == .done)
    #expect(
      CommandRun("query --group-by week,day --lake \(lake)").lines.last == "2018-W22,2018-05-28,1")
    let rows = CommandRun("query --select rows --lake \(lake)").lines.last
    #expect(rows == "Prague,POINT (14.5 50),,2018-05-28T00:30:00+02:00,car")
    let other = CommandRun(["ingest", "--lake", lake, "--zone", "UTC", file])
    #expect(other.exitCode == .settings && other.messages.hasPrefix("error[TL-3062]"))
  }

  /// Outside of UTC times carry their offset, so that a lake of any zone takes back the same instants.
  @Test func timesOfAnyZoneComeBack() {
    let folder = TemporaryFolder()
    let times = ["2018-10-28 00:30:00Z", "2018-10-28 01:30:00Z", "2018-10-28 02:30:00"]
    let text = times.map { "Prague,POINT (14.5 50),POINT (14.5 50),\($0),car\n" }.joined()
    let file = folder.file("a.csv", Self.header + text)
    let first = folder.path + "/first"
    CommandRunChecks.load(file, first, zone: "Europe/Prague")
    let rows = CommandRun("query --select rows --lake \(first)")
    #expect(
      rows.lines.dropFirst().map { $0.split(separator: ",")[3] }.sorted() == [
        "2018-10-28T02:30:00+01:00", "2018-10-28T02:30:00+02:00", "2018-10-28T03:30:00+01:00",
      ])
    let second = folder.path + "/second"
    CommandRunChecks.load(folder.file("b.csv", rows.output), second, zone: "UTC")
    let again = CommandRun("query --select rows --lake \(second)")
    #expect(
      again.lines.dropFirst().map { $0.split(separator: ",")[3] }.sorted() == [
        "2018-10-28 00:30:00", "2018-10-28 01:30:00", "2018-10-28 02:30:00",
      ])
  }

  @Test func status() throws {
    let lake = SampleLake()
    let value = try JSONParser.parse(Array(lake.run("status --format json").output.utf8))
    #expect(value["snapshot"]?.integer == 1 && value["rows"]?.integer == 100)
    #expect(value["files"]?.integer == 15 && value["partitions"]?.integer == 15)
    #expect(value["regions"]?.integer == 3 && value["zone"]?.text == "UTC")
    #expect(value["region_names"]?.elements == ["Hamburg", "Prague", "Turin"].map { .string($0) })
    #expect(value["first_time"]?.text == "2018-05-01T05:24:37Z")
    #expect(value["last_time"]?.text == "2018-05-31T11:59:33Z")
    #expect(value["bytes"]?.integer ?? 0 > 0)
    #expect(lake.run("status", isTerminal: true).output.contains("rows        100\n"))
  }

  @Test func whichLake() {
    let lake = SampleLake()
    let inside = CommandRun(["weekly"], directory: lake.path + "/data")
    #expect(inside.exitCode == .done && inside.lines.count == 4)
    let named = CommandRun(
      ["weekly"], directory: "/", variables: ["TRIPLAKE_LAKE": lake.path])
    #expect(named.output == inside.output)
    let stronger = CommandRun(
      ["weekly", "--lake", "/nowhere"], directory: lake.path,
      variables: ["TRIPLAKE_LAKE": lake.path])
    #expect(stronger.exitCode == .inputMissing && stronger.messages.contains("--> /nowhere"))
    let none = CommandRun(["weekly"], directory: lake.folder.path)
    #expect(none.exitCode == .inputMissing && none.messages.contains("lake/data"))
  }

  @Test func verifyFindsAFlippedBit() throws {
    let lake = SampleLake()
    let sound = lake.run("verify")
    #expect(sound.exitCode == .done)
    #expect(sound.lines == ["file,block,column,byte,code,message"])
    let path = try #require(FolderContents.files(under: lake.path, suffix: ".trip").first)
    var bytes = try SystemDoor.readFile(path, limit: 1 << 20)
    // Behind the header of 16 bytes lies the first page.
    bytes[20] ^= 1
    let descriptor = open(path, O_WRONLY | O_TRUNC)
    #expect(write(descriptor, bytes, bytes.count) == bytes.count)
    close(descriptor)
    let damaged = lake.run("verify")
    #expect(damaged.exitCode == .damage)
    let fields = damaged.lines[1].split(separator: ",", omittingEmptySubsequences: false)
    #expect(path.hasSuffix(String(fields[0])))
    #expect(fields[1] == "0" && !fields[2].isEmpty && fields[4] == "TL-4001")
    let json = try JSONParser.parse(Array(lake.run("verify --format json").output.utf8))
    #expect(json["is_sound"]?.bool == false)
    #expect(json["damages"]?.elements?.first?["block"]?.integer == 0)
    #expect(lake.run("query --select rows").exitCode == .damage)
  }

  @Test func exportSQLite() {
    let lake = SampleLake()
    let target = lake.folder.path + "/out.db"
    lake.run("area import \(SampleLake.areas)")
    let run = lake.run("export sqlite \(target)")
    #expect(run.exitCode == .done && run.messages.contains("3 regions"))
    #expect(lake.folder.contents("out.db")?.hasPrefix("SQLite format 3") == true)
    let refused = CommandRun([
      "export", "sqlite", "--lake", lake.path, lake.folder.file("x.db", "no"),
    ])
    #expect(refused.exitCode == .cannotCreate && refused.messages.hasPrefix("error[TL-6001]"))
  }

  @Test func namesOfAnyKindComeBack() {
    let folder = TemporaryFolder()
    let regions = ["São Paulo", "\"New, York\"", "\"#1\"", "e\u{301}", "\u{e9}", "..", "=x"]
    let text = regions.map {
      "\($0),POINT (-46.6 -23.5),POINT (-0.1 5e-324),2018-05-28 09:03:40.25,\"a\"\"b\"\n"
    }
    let lake = folder.path + "/l"
    CommandRunChecks.load(folder.file("a.csv", Self.header + text.joined()), lake)
    let rows = CommandRun("query --select rows --lake \(lake)")
    #expect(
      Set(rows.lines.dropFirst().map { Array($0.utf8) })
        == Set(text.map { Array($0.dropLast().utf8) }))
  }
}

enum CommandRunChecks {
  static func load(_ file: String, _ lake: String, zone: String = "UTC") {
    let run = CommandRun(["ingest", "--lake", lake, "--zone", zone, file])
    #expect(run.exitCode == .done, "\(run.messages)")
  }
}
