import LakeBytes
import LakeTestSupport
import Testing

@testable import LakeCommands

/// A lake whose newest snapshot is damaged.
@Suite struct RepairCommandTests {
  let lake = SampleLake()

  init() {
    let row = "Brno,POINT (14.5 50),,2018-06-04 09:03:40,car\n"
    let path = lake.folder.file(
      "brno.csv", "region,origin_coord,destination_coord,datetime,datasource\n" + row)
    _ = CommandRun(["ingest", "--lake", lake.path, path])
  }

  private func damage(_ version: Int) {
    TestLake.flipByte(
      at: 90, ofFile: lake.path + "/manifests/0000000000000000000\(version).man")
  }

  @Test func theLakeGoesBackOnDemandAlone() throws {
    let before = lake.run("weekly --as-of 1").output
    damage(2)
    for line in ["weekly", "status", "loads", "undo 1", "gc", "repair"] {
      let run = lake.run(line)
      #expect(run.exitCode == .damage && run.messages.contains("error[TL-4001]"), "\(line)")
      #expect(run.messages.contains("triplake repair --to"), "\(run.messages)")
    }
    #expect(lake.run("repair").messages.contains("snapshots: 1 to 2"))
    #expect(lake.run("weekly --as-of 1").output == before)

    let repair = lake.run("repair --to 1")
    #expect(repair.exitCode == .done && repair.lines.last == "3,1,1,0", "\(repair.messages)")
    #expect(lake.run("weekly").output == before)
    let verify = lake.run("verify")
    #expect(verify.exitCode == .done && verify.messages.contains("1 file left by writers"))
    let loads = lake.run("loads").lines
    #expect(loads.count == 3 && loads[2].hasPrefix("3,repair,1,"))
    #expect(lake.run("load 3", isTerminal: true).output.contains("repair: back to snapshot 1"))
    #expect(lake.run("undo 3").messages.hasPrefix("error[TL-3042]"))
    #expect(lake.run("snapshots").lines.count == 3)
    let again = lake.run("repair --to 1")
    #expect(again.exitCode == .usage && again.messages.hasPrefix("error[TL-3045]"))

    // The load that was lost may be made again, and what it left is cleaned up.
    #expect(lake.run("gc").lines.last?.split(separator: ",")[3] == "1")
    let load = CommandRun(["ingest", "--lake", lake.path, lake.folder.path + "/brno.csv"])
    #expect(load.messages.contains("load 4: 1 trip stored"), "\(load.messages)")
    #expect(lake.run("weekly").lines.count == 5)
    #expect(lake.run("verify").exitCode == .done)
  }

  @Test func aSoundLakeIsNotRepaired() {
    let refused = lake.run("repair --to 1")
    #expect(refused.exitCode == .usage && refused.messages.hasPrefix("error[TL-3045]"))
    let nothing = lake.run("repair")
    #expect(nothing.exitCode == .done && nothing.messages.contains("no snapshot is damaged"))
    damage(1)
    #expect(lake.run("verify").exitCode == .damage)
    #expect(lake.run("repair").messages.contains("damaged and set aside: 1"))
    #expect(lake.run("verify").exitCode == .done)
  }
}
