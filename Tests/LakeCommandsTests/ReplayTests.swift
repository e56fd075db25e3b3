import LakeBytes
import LakeTestSupport
import Testing

@testable import LakeCommands

/// The rejects of a load, mended and taken in again.
@Suite struct ReplayTests {
  private static let header = "region,origin_coord,destination_coord,datetime,datasource\n"

  let folder = TemporaryFolder()
  var lake: String { folder.path + "/lake" }

  /// Load 1: eight good rows and two bad ones.
  init() {
    let good = (1...8).map { "Prague,POINT (14.5 50),,2018-06-0\($0) 09:03:40,car\n" }
    let bad = (1...2).map { "Brno,PINT (16.6 49.\($0)),,2018-06-01 09:03:40,car\n" }
    let path = folder.file("first.csv", Self.header + good.joined() + bad.joined())
    let run = CommandRun(["ingest", "--lake", lake, "--max-errors", "2", path])
    precondition(run.exitCode == .committedWithRejects, run.messages)
  }

  @discardableResult
  private func run(_ line: String) -> CommandRun { CommandRun("\(line) --lake=\(lake)") }

  private func json(_ line: String) throws -> JSONValue {
    try JSONParser.parse(Array(run("\(line) --format json").output.utf8))
  }

  /// The rejects of a load with `count` of their faults mended.
  private func mended(_ load: Int, _ count: Int, as name: String) -> String {
    run("load \(load) --rejects -o \(folder.path)/\(name)")
    var text = folder.contents(name) ?? ""
    for _ in 0..<count {
      guard let fault = text.firstRange(of: "PINT") else { break }
      text.replaceSubrange(fault, with: "POINT")
    }
    return folder.file(name, text)
  }

  @Test func mendedRejectsAreRecovered() throws {
    let path = mended(1, 2, as: "mend.csv")
    let replay = run("replay 1 \(path)")
    #expect(replay.exitCode == .done, "\(replay.messages)")
    #expect(replay.messages.contains("2 records recovered of those that load 1 had rejected"))
    #expect(try json("status")["rows"]?.integer == 10)
    #expect(run("weekly").lines.contains { $0.hasPrefix("Brno,2,") })

    let second = try json("load 2")
    #expect(second["kind"]?.text == "replay" && second["of_load"]?.integer == 1)
    #expect(second["stored"]?.integer == 2 && second["rejected"]?.integer == 0)
    let first = try json("load 1")
    #expect(first["replayed_by"]?.elements == [.integer(2)] && first["recovered"]?.integer == 2)
    #expect(run("loads").lines.last?.hasPrefix("2,replay,1,") == true)
    #expect(run("verify").exitCode == .done)

    // The same file again is the same input.
    let again = run("replay 1 \(path) --format json")
    let value = try JSONParser.parse(Array(again.output.utf8))
    #expect(again.exitCode == .done && value["status"]?.text == "already_loaded")
    #expect(value["of_load"]?.integer == 1)
    #expect(try json("status")["snapshot"]?.integer == 2)
  }

  @Test func whatIsStillBadIsRejectedOnceMore() throws {
    let replay = run("replay 1 \(mended(1, 1, as: "half.csv"))")
    #expect(replay.exitCode == .committedWithRejects)
    #expect(try json("load 2")["rejected"]?.integer == 1)
    // The rest is mended from the rejects of the replay.
    let rest = run("replay 2 \(mended(2, 1, as: "rest.csv"))")
    #expect(rest.exitCode == .done, "\(rest.messages)")
    #expect(try json("status")["rows"]?.integer == 10)
    #expect(run("loads").lines.last?.hasPrefix("3,replay,2,") == true)
  }

  @Test func nothingMendedStoresNothing() throws {
    let replay = run("replay 1 \(mended(1, 0, as: "same.csv"))")
    #expect(replay.exitCode == .badData && replay.messages.contains("error[TL-2009]"))
    #expect(try json("status")["snapshot"]?.integer == 1)
  }

  @Test func loadAndReplayAreUndoneByThemselves() throws {
    run("replay 1 \(mended(1, 2, as: "mend.csv"))")
    let undo = run("undo 1")
    #expect(undo.messages.contains("load 2 took in its rejects, mended, and is a load of its own"))
    #expect(try json("status")["rows"]?.integer == 2)
    let refused = run("replay 1 \(folder.path)/mend.csv")
    #expect(refused.exitCode == .usage && refused.messages.hasPrefix("error[TL-3044]"))
    #expect(refused.messages.contains("load 3 has undone it"))
    #expect(run("undo 2").exitCode == .done)
    #expect(try json("status")["rows"]?.integer == 0)
    #expect(try json("load 1")["recovered"]?.integer == 0)
    #expect(run("verify").exitCode == .done)
  }

  @Test func whatCannotBeReplayed() {
    let path = mended(1, 2, as: "mend.csv")
    run("replay 1 \(path)")
    for (line, code) in [
      ("replay 2 \(path)", 3044), ("replay 9 \(path)", 3041), ("replay x \(path)", 3041),
      ("replay 1 \(folder.path)/none.csv", 2001), ("replay 1", 1007), ("replay", 1007),
    ] {
      let run = run(line)
      #expect(run.messages.hasPrefix("error[TL-\(code)]"), "\(line): \(run.messages)")
    }
    #expect(run("replay 1").messages.contains("triplake load 1 --rejects -o mend.csv"))
  }

  @Test func theDefinitionIsThatOfTheFile() throws {
    let definition = folder.file(
      "mine.json",
      #"""
      {"name": "mine", "delimiter": ",", "region": {"columns": ["area"]},
       "origin": {"point": ["from"]}, "destination": {"point": ["to"]},
       "time": {"columns": ["when"], "zone": "UTC"}, "source": {"columns": ["by"]}, "decimals": 1}
      """#)
    let path = folder.file(
      "mine.csv",
      "by,when,area,from,to\ncar,2018-05-28 09:03:40,Oslo,POINT (10.74 59.92),\n"
        + "car,2018-05-28 09:03:41,Oslo,PINT (10.74 59.92),\n")
    let load = CommandRun(
      ["ingest", "--lake", lake, "--input", definition, "--max-errors", "1", path])
    #expect(load.messages.contains("load 2"))
    let mended = mended(2, 1, as: "mended.csv")
    let missing = run("replay 2 \(mended)")
    #expect(missing.exitCode == .usage && missing.messages.hasPrefix("error[TL-2018]"))
    #expect(missing.messages.contains("mine#"))
    let replay = run("replay 2 \(mended) --input \(definition)")
    #expect(replay.exitCode == .done, "\(replay.messages)")
    let rows = run("query --region Oslo --select rows").lines
    #expect(rows.dropFirst().allSatisfy { $0.hasPrefix("Oslo,POINT (10.7 59.9),") })
    #expect(rows.count == 3)
  }

  /// What the name of the file says, the copy's name need not say.
  @Test func theNameIsThatOfTheFile() throws {
    let definition = folder.file(
      "named.json",
      #"""
      {"name": "named", "delimiter": ",", "region": {"file_name": "trips-{}.csv"},
       "origin": {"point": ["from"]}, "destination": {"point": ["to"]},
       "time": {"columns": ["when"], "zone": "UTC"}, "source": {"columns": ["by"]}}
      """#)
    let path = folder.file(
      "trips-Lima.csv",
      "by,when,from,to\ncar,2018-05-28 09:03:40,POINT (10.74 59.92),\n"
        + "car,2018-05-28 09:03:41,PINT (10.74 59.92),\n")
    let load = CommandRun(
      ["ingest", "--lake", lake, "--input", definition, "--max-errors", "1", path])
    #expect(load.messages.contains("load 2"), "\(load.messages)")
    let replay = run("replay 2 \(mended(2, 1, as: "mended.csv")) --input \(definition)")
    #expect(replay.exitCode == .done, "\(replay.messages)")
    #expect(run("query --region Lima --select count").lines.last == "2")
  }
}
