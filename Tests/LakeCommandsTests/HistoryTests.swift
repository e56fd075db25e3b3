import Glibc
import LakeBytes
import LakeTestSupport
import Testing

@testable import LakeCommands

/// What loads did, taking one out again, and looking at older versions.
@Suite struct HistoryTests {
  private static let header = "region,origin_coord,destination_coord,datetime,datasource\n"
  private static let bad = "Prague,PINT (1 2),POINT (1 2),2018-05-28 09:03:40,car\n"

  let lake = SampleLake()

  private static func row(_ region: String, day: Int) -> String {
    "\(region),POINT (14.5 50),POINT (14.4 50.1),2018-06-0\(day) 09:03:40,car\n"
  }

  /// A second load beside the sample's: two rows and a reject.
  @discardableResult
  private func loadSecond() -> String {
    let path = lake.folder.file(
      "second.csv",
      Self.header + Self.row("Prague", day: 4) + Self.bad + Self.row("Brno", day: 5))
    let run = CommandRun(["ingest", "--lake", lake.path, "--max-errors", "1", path])
    precondition(run.exitCode == .committedWithRejects, run.messages)
    return path
  }

  private func json(_ line: String) throws -> JSONValue {
    try JSONParser.parse(Array(lake.run("\(line) --format json").output.utf8))
  }

  @Test func loadsAreListed() throws {
    loadSecond()
    lake.run("undo 2 -q")
    let lines = lake.run("loads").lines
    #expect(
      lines.first
        == "load,kind,of_load,time,files,stored,duplicates,rejected,removed,undone_by")
    let cells = lines.dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(
      cells.map { $0[0...2] } == [["1", "ingest", ""], ["2", "ingest", ""], ["3", "undo", "2"]])
    #expect(
      cells.map { $0[4...] } == [
        ["1", "100", "0", "0", "0", ""], ["1", "2", "0", "1", "0", "3"],
        ["0", "0", "0", "0", "2", ""],
      ])
    #expect(cells.allSatisfy { $0[3].hasPrefix("20") })
    #expect(lake.run("loads --as-of 1").lines.count == 2)
    let value = try json("loads")
    #expect(value["schema"]?.text == "triplake.loads/1" && value["snapshot"]?.integer == 3)
    #expect(value["rows"]?.elements?.last?["of_load"]?.integer == 2)
    for format in ["table", "tsv", "ndjson", "markdown"] {
      #expect(lake.run("loads --format \(format)").exitCode == .done)
    }
  }

  @Test func oneLoadHasAReceipt() throws {
    let path = loadSecond()
    let value = try json("load 2")
    for (name, count) in [
      ("load", 2), ("snapshot", 2), ("stored", 2), ("rejected", 1), ("duplicates", 0),
      ("rows_in_lake", 2), ("files_in_lake", 2),
    ] {
      #expect(value[name]?.integer == Int64(count), "\(name)")
    }
    #expect(value["kind"]?.text == "ingest" && value["undone_by"] == .null)
    let file = try #require(value["files"]?.elements?.first)
    #expect(file["path"]?.text == path && file["lines"]?.integer == 4)
    #expect(file["stored"]?.integer == 2 && file["rejected"]?.integer == 1)
    #expect(file["definition"]?.text?.hasPrefix("trips#") == true)
    let report = try #require(value["reports"]?.elements?.first)
    #expect(report["kind"]?.text == "rejects" && report["state"]?.text == "sound")
    #expect(report["path"]?.text?.hasPrefix("\(lake.path)/rejects/") == true)

    let table = lake.run("load 2", isTerminal: true).output
    #expect(table.contains("stored         2\n") && table.contains(", sound)\n"))
    #expect(table.contains(path))
    let plain = lake.run("load 2").lines
    #expect(plain.count == 2 && plain[1].hasPrefix("\(path),4,4,1,0,0,2,0,1,"))
    for format in ["tsv", "ndjson", "markdown"] {
      #expect(lake.run("load 2 --format \(format)").output.contains(path))
    }
    lake.run("undo 2 -q")
    let undone = try json("load 2")
    #expect(undone["undone_by"]?.integer == 3 && undone["rows_in_lake"]?.integer == 0)
    let undo = try json("load 3")
    #expect(undo["kind"]?.text == "undo" && undo["of_load"]?.integer == 2)
    #expect(undo["removed_rows"]?.integer == 2 && undo["removed_files"]?.integer == 2)
    #expect(lake.run("load 3", isTerminal: true).output.contains("undo of load 2"))
  }

  @Test func loadsThatAreNotThereAreNamed() {
    for line in ["load 7", "undo 7", "changes 7", "load 7 --rejects"] {
      let run = lake.run(line)
      #expect(run.exitCode == .usage && run.messages.hasPrefix("error[TL-3041]"), "\(line)")
      #expect(run.messages.contains("there are: 1\n"), "\(run.messages)")
    }
    for word in ["x", "1.5", "-1", "99999999999999999999"] {
      let run = CommandRun(["undo", "--lake", lake.path, "--", word])
      #expect(run.exitCode == .usage && run.messages.hasPrefix("error[TL-3041]"), "\(word)")
    }
    #expect(lake.run("undo").messages.hasPrefix("error[TL-1007]"))
  }

  @Test func rejectsAreWrittenOut() {
    loadSecond()
    let target = lake.folder.path + "/mend.csv"
    #expect(CommandRun("load 2 --rejects -o \(target) --lake \(lake.path)").exitCode == .done)
    let text = lake.folder.contents("mend.csv") ?? ""
    #expect(text.hasPrefix("reject_file,") && text.hasSuffix(Self.bad))
    #expect(lake.run("load 2 --rejects").output == text)
    let none = lake.run("load 1 --rejects")
    #expect(none.exitCode == .nothingFound && none.messages.hasPrefix("error[TL-3043]"))
    #expect(lake.run("load 2 --rejects --duplicates").exitCode == .usage)
    #expect(lake.run("load 2 --rejects --format json").exitCode == .usage)
  }

  @Test func aDamagedReportIsTold() throws {
    loadSecond()
    let path = try #require(
      FolderContents.files(under: lake.path + "/rejects", suffix: ".csv").first)
    TestLake.flipByte(at: 20, ofFile: path)
    let damaged = lake.run("load 2 --format json")
    #expect(damaged.exitCode == .damage && damaged.messages.hasPrefix("error[TL-4001]"))
    #expect(damaged.output.contains(#""state": "damaged""#))
    let copy = lake.run("load 2 --rejects")
    #expect(copy.exitCode == .damage && copy.output.isEmpty)
    unlink(path)
    #expect(lake.run("load 2 --format json").output.contains(#""state": "missing""#))
    #expect(lake.run("verify").output.contains("TL-4002"))
  }

  @Test func undoTakesOutExactlyOneLoad() throws {
    let before = try json("status")
    let weekly = lake.run("weekly").output
    let path = loadSecond()
    #expect(lake.run("weekly").output != weekly)
    #expect(try json("status")["row_hash_sum"] != before["row_hash_sum"])
    let forecast = lake.run("undo 2 --dry-run")
    #expect(forecast.messages.contains("would take out 2 trips in 2 files"))
    #expect(try json("status")["snapshot"]?.integer == 2)

    let undo = lake.run("undo 2")
    #expect(undo.exitCode == .done)
    #expect(
      undo.lines.last?.hasPrefix("2,3,2,2,") == true && undo.lines.last?.hasSuffix(",1,0") == true)
    #expect(undo.messages.contains("load 2 is undone by load 3: 2 trips in 2 files taken out"))
    let after = try json("status")
    for name in [
      "rows", "files", "partitions", "bytes", "regions", "first_time", "last_time", "row_hash_sum",
    ] {
      #expect(after[name] == before[name], "\(name)")
    }
    #expect(lake.run("weekly").output == weekly)
    #expect(lake.run("verify").exitCode == .done)
    let again = lake.run("undo 2")
    #expect(again.exitCode == .done && again.messages.contains("was undone before, by load 3"))
    let ofUndo = lake.run("undo 3")
    #expect(ofUndo.exitCode == .usage && ofUndo.messages.hasPrefix("error[TL-3042]"))
    #expect(ofUndo.messages.contains("nothing was committed"))

    let loaded = CommandRun(["ingest", "--lake", lake.path, "--max-errors", "1", path])
    #expect(loaded.exitCode == .committedWithRejects && loaded.messages.contains("load 4: 2 trips"))
    #expect(try json("status")["rows"]?.integer == 102)
  }

  @Test func changesBetweenSnapshots() throws {
    loadSecond()
    lake.run("undo 1 -q")
    let second = lake.run("changes 2")
    #expect(
      second.lines.map { $0.split(separator: ",").prefix(5).joined(separator: ",") } == [
        "change,region,week,rows,files", "added,Brno,2018-W23,1,1", "added,Prague,2018-W23,1,1",
      ])
    #expect(second.messages.contains("1 to 2: 2 trips in 2 partitions added, nothing removed"))
    let last = try json("changes")
    #expect(last["filter"]?["from"]?.integer == 2 && last["filter"]?["to"]?.integer == 3)
    #expect(last["stats"]?["removed"]?["rows"]?.integer == 100)
    #expect(last["stats"]?["added"]?["partitions"]?.integer == 0)
    let all = lake.run("changes --from 0 --to 2")
    #expect(all.messages.contains("102 trips in 17 partitions added"))
    // There and back again, nothing changed.
    #expect(lake.run("changes --from 2 --to 2").lines.count == 1)
    #expect(lake.run("changes --from 1 --to 3").messages.contains("2 trips in 2 partitions added"))
    #expect(lake.run("changes --from 2 --to 1").messages.hasPrefix("error[TL-1008]"))
    #expect(lake.run("changes 2 --to 1").messages.hasPrefix("error[TL-1008]"))
    #expect(lake.run("changes --to 8").messages.hasPrefix("error[TL-3040]"))
  }

  @Test func snapshotsAndOlderVersions() throws {
    let first = lake.run("weekly").output
    let rows = lake.run("query --select rows").output
    loadSecond()
    lake.run("undo 1 -q")
    let lines = lake.run("snapshots").lines
    #expect(lines.first == "snapshot,time,kind,of_load,rows,files,bytes")
    #expect(lines.dropFirst().map { $0.split(separator: ",")[0] } == ["1", "2", "3"])
    #expect(try json("snapshots")["rows"]?.elements?.map { $0["rows"]?.integer } == [100, 102, 2])
    #expect(lake.run("weekly --as-of 1").output == first)
    #expect(lake.run("query --select rows --as-of 1").output == rows)
    #expect(try json("weekly --as-of 2")["snapshot"]?.integer == 2)
    #expect(try json("query --as-of 1")["snapshot"]?.integer == 1)
    #expect(try json("status --as-of 1")["rows"]?.integer == 100)
    #expect(try json("status --as-of 0")["rows"]?.integer == 0)
    let target = lake.folder.path + "/old.db"
    let export = CommandRun("export sqlite \(target) --as-of 1 --lake \(lake.path)")
    #expect(export.exitCode == .done && export.messages.contains("snapshot 1"))
    for line in ["weekly", "query", "status", "loads", "load 1", "export sqlite \(target)"] {
      let run = lake.run("\(line) --as-of 8")
      #expect(run.exitCode == .usage && run.messages.hasPrefix("error[TL-3040]"), "\(line)")
      #expect(run.messages.contains("there are: 1 to 3"))
    }
    #expect(lake.run("weekly --as-of now").messages.hasPrefix("error[TL-1005]"))
    // A region of an older snapshot is known there and not here.
    #expect(lake.run("weekly --region Turin --as-of 1").exitCode == .done)
    #expect(lake.run("weekly --region Turin").messages.hasPrefix("error[TL-5001]"))
  }

  @Test func aDamagedOlderSnapshotIsNamedAndTheOthersListed() {
    loadSecond()
    TestLake.flipByte(at: 100, ofFile: lake.path + "/manifests/00000000000000000001.man")
    let run = lake.run("snapshots")
    #expect(run.exitCode == .damage && run.messages.hasPrefix("error[TL-4001]"))
    #expect(run.lines.count == 2 && run.lines[1].hasPrefix("2,"))
    #expect(lake.run("weekly --as-of 1").exitCode == .damage)
    #expect(lake.run("weekly").exitCode == .done)
  }

  @Test func anEmptyLakeHasNoHistory() {
    let path = lake.folder.path + "/empty"
    CommandRun("init --lake \(path)")
    for line in ["loads", "snapshots", "changes"] {
      #expect(CommandRun("\(line) --lake \(path)").lines.count == 1, "\(line)")
    }
    let undo = CommandRun("undo 1 --lake \(path)")
    #expect(undo.messages.contains("there is no load 1 in snapshot 0; there are: none yet"))
  }
}
