import LakeBytes
import LakeStore
import LakeTestSupport
import Testing

@testable import LakeCommands

/// An undo leaves the lake as if the load had never been: what later loads dropped for it comes back.
@Suite struct UndoDuplicatesTests {
  private static let header = "region,origin_coord,destination_coord,datetime,datasource\n"

  let folder = TemporaryFolder()

  private static func row(_ number: Int) -> String {
    let minute = number < 10 ? "0\(number)" : String(number)
    let target = number % 2 == 0 ? "" : "POINT (14.\(number) 50.1)"
    return
      "Prague,POINT (14.5 50.0\(number)),\(target),2018-06-01 09:\(minute):40.25,\"a, \"\"b\"\"\"\n"
  }

  /// A file of these rows, dropped where they are duplicates.
  @discardableResult
  private func load(_ rows: [Int], into lake: String, _ name: String) -> CommandRun {
    let path = folder.file(name, Self.header + rows.map(Self.row).joined())
    return CommandRun([
      "ingest", "--lake", folder.path + "/" + lake, "--duplicates", "drop", path,
    ])
  }

  @discardableResult
  private func run(_ line: String, _ lake: String) -> CommandRun {
    CommandRun("\(line) --lake \(folder.path)/\(lake)")
  }

  private func json(_ line: String, _ lake: String) throws -> JSONValue {
    try JSONParser.parse(Array(run("\(line) --format json", lake).output.utf8))
  }

  private func sum(_ lake: String) throws -> String? {
    #expect(run("verify", lake).exitCode == .done)
    return try json("status", lake)["row_hash_sum"]?.text
  }

  @Test func droppedRowsComeBack() throws {
    load([1, 2, 3], into: "l", "1.csv")
    load([2, 3, 4, 3], into: "l", "2.csv")
    #expect(try json("load 2", "l")["duplicates"]?.integer == 3)
    let undo = run("undo 1", "l")
    #expect(undo.messages.contains("2 trips of later loads given back"), "\(undo.messages)")
    load([2, 3, 4, 3], into: "other", "2.csv")
    #expect(try sum("l") == sum("other"))
    let rows = ["l", "other"].map { run("query --select rows", $0).lines.sorted() }
    #expect(rows[0] == rows[1] && rows[0].count == 4)

    let record = try json("load 3", "l")
    #expect(record["stored"]?.integer == 2 && record["removed_rows"]?.integer == 3)
    #expect(try json("load 2", "l")["rows_in_lake"]?.integer == 3)
    #expect(run("changes 3", "l").messages.contains("2 trips in 1 partition added, 3 trips"))
    // They are the second load's, and go with it.
    run("undo 2", "l")
    #expect(try json("status", "l")["rows"]?.integer == 0)
    #expect(try json("loads", "l")["rows"]?.elements?.count == 4)
  }

  @Test func ofSeveralDroppedRowsTheFirstComesBackAndTheOthersFollowIt() throws {
    load([1], into: "l", "1.csv")
    load([1, 2], into: "l", "2.csv")
    load([1, 3], into: "l", "3.csv")
    let undo = try json("undo 1", "l")
    #expect(undo["rows"]?.elements?.first?["restored"]?.integer == 1)
    let record = try json("load 4", "l")
    #expect(record["stored"]?.integer == 1 && record["duplicates"]?.integer == 1)
    let report = run("load 4 --duplicates", "l").lines
    #expect(report.count == 2 && report[0].hasPrefix("duplicate_load,duplicate_file,"))
    #expect(report[1].hasPrefix("3,\(folder.path)/3.csv,2,2,data/region=Prague/"))
    load([1, 2], into: "other", "2.csv")
    load([1, 3], into: "other", "3.csv")
    #expect(try sum("l") == sum("other"))

    run("undo 2", "l")
    run("undo 1", "other")
    #expect(try sum("l") == sum("other"))
    #expect(try json("load 3", "l")["rows_in_lake"]?.integer == 2)
    run("undo 3", "l")
    #expect(try json("status", "l")["rows"]?.integer == 0)
  }

  @Test func whatAnUndoneLoadDroppedStaysOut() throws {
    load([1], into: "l", "1.csv")
    load([1, 2], into: "l", "2.csv")
    run("undo 2", "l")
    run("undo 1", "l")
    #expect(try json("status", "l")["rows"]?.integer == 0)
    // The file may come again, and its row is the first one now.
    load([1, 2], into: "l", "2.csv")
    load([1, 5], into: "l", "1.csv")
    #expect(try json("load 6", "l")["duplicates"]?.integer == 1)
    run("undo 5", "l")
    load([1, 5], into: "other", "1.csv")
    #expect(try sum("l") == sum("other"))
  }

  /// Extra columns come back bit by bit; of one key the first row comes back alone.
  @Test func columnsAndKeysOfALayout() throws {
    func file(_ name: String, _ rows: [String]) -> String {
      let header =
        "ride_id,rideable_type,started_at,ended_at,start_station_name,start_station_id,"
        + "end_station_name,end_station_id,start_lat,start_lng,end_lat,end_lng,member_casual\n"
      return folder.file(name, header + rows.map { $0 + "\n" }.joined())
    }
    func row(_ id: String, _ station: String, _ end: String = "41.9,-87.6") -> String {
      "\(id),classic_bike,2023-05-01 08:00:00,2023-05-01 08:10:30,\(station),13022,"
        + ",,41.892278,-87.612043,\(end),member"
    }
    let first = file("202301.csv", [row("A1", "\"Clark, St\""), row("B2", "Wells")])
    let second = file("202302.csv", [row("A1", "\"Clark, St\"", ","), row("C3", "Lake")])
    let third = file("202303.csv", [row("A1", "Moved"), row("B2", "Wells"), row("D4", "")])
    for (lake, files) in [("l", [first, second, third]), ("other", [second, third])] {
      for file in files {
        let load = CommandRun(
          ["ingest", "--lake", folder.path + "/" + lake, "--input", "bike-share", file])
        #expect(load.exitCode == .done, "\(load.messages)")
      }
    }
    #expect(try json("load 3", "l")["duplicates"]?.integer == 2)
    let undo = run("undo 1", "l")
    #expect(undo.messages.contains("2 trips of later loads given back"), "\(undo.messages)")
    #expect(try sum("l") == sum("other"))
    #expect(try json("load 4", "l")["duplicates"]?.integer == 1)
  }

  /// Whichever is first, a load that drops duplicates and the undo of their first ones end in the same lake.
  @Test func undoBesideALoad() throws {
    load(Array(1...9), into: "other", "2.csv")
    let expected = try sum("other")
    for round in 0..<12 {
      let lake = "l\(round)"
      load(Array(1...8), into: lake, "1.csv")
      let path = folder.file("2.csv", Self.header + (1...9).map(Self.row).joined())
      let lakePath = "\(folder.path)/\(lake)"
      try WorkerGroup.run(threadCount: 2) { thread in
        let words =
          thread == 0
          ? ["undo", "--lake", lakePath, "1"]
          : ["ingest", "--lake", lakePath, "--duplicates", "drop", path]
        let run = CommandRun(words)
        #expect(run.exitCode == .done, "\(run.messages)")
      }
      #expect(try sum(lake) == expected)
      #expect(try json("status", lake)["snapshot"]?.integer == 3)
    }
  }

  @Test func aDamagedReportLeavesTheLakeAsItIs() throws {
    load([1, 2], into: "l", "1.csv")
    load([1, 3], into: "l", "2.csv")
    let before = try sum("l")
    let report = try #require(
      FolderContents.files(under: folder.path + "/l/duplicates", suffix: ".csv").first)
    TestLake.flipByte(at: 30, ofFile: report)
    let undo = run("undo 1", "l")
    #expect(undo.exitCode == .damage && undo.messages.contains("nothing was committed"))
    #expect(try json("status", "l")["row_hash_sum"]?.text == before)
    #expect(FolderContents.files(under: folder.path + "/l/tx", suffix: "").isEmpty)
  }
}
