import LakeBench
import LakeTestSupport
import Testing

@testable import LakeCommands

@Suite struct BenchCommandTests {
  private let folder = TemporaryFolder()

  @Test(arguments: [
    "--rows 0", "--rows 10000000001", "--rows 5 --files 6", "--runs 0", "--memory much",
    "--threads none",
  ])
  func valuesThatCannotBe(options: String) {
    let run = CommandRun("bench --dir \(folder.path)/bench \(options)")
    #expect(run.exitCode == .usage)
    #expect(run.messages.contains("TL-1005"))
    #expect(!SystemDoor.exists(folder.path + "/bench"))
  }

  @Test func dataAloneStaysThere() throws {
    let run = CommandRun("bench --data-only --rows 1000 --files 2 --dir \(folder.path)/bench")
    #expect(run.exitCode == .done)
    #expect(run.messages.hasPrefix("made 1,000 trips in 2 files of "))
    let load = CommandRun(
      "ingest --lake \(folder.path)/lake \(folder.path)/bench/csv/trips-001.csv")
    #expect(load.exitCode == .done)
    #expect(
      load.lines.last == "\(folder.path)/bench/csv/trips-001.csv,loaded,501,501,1,0,0,500,0,0")
  }

  @Test func aFolderInUseIsLeftAlone() {
    _ = folder.file("mine", "text")
    let run = CommandRun("bench --rows 10 --dir \(folder.path)")
    #expect(run.exitCode == .cannotCreate)
    #expect(run.messages.contains("TL-7003"))
    #expect(folder.contents("mine") == "text")
  }

  @Test func everyErrorIsExplainedWithItsExitCode() throws {
    let errors: [BenchError] = [
      .file(path: "x", reason: "y", isDiskFull: true), .folderInUse(path: "x"),
      .tooLittleRoom(path: "x", needed: 2, free: 1), .output(line: "weekly"), .interrupted,
      .command(line: "weekly", status: 70, messages: ""),
    ]
    for error in errors {
      let error = try #require(CommandError(from: error))
      let entry = try #require(ErrorCatalogue.all.first { $0.code == error.code })
      #expect(entry.exitCode == error.exitCode, "\(error.label)")
    }
  }

  @Test func theExitCodeOfAFailedCommandIsPassedOn() {
    let error = BenchError.command(line: "ingest", status: 74, messages: "full\n")
    #expect(CommandError(bench: error).exitCode == .inputOutput)
    #expect(CommandError(bench: error).notes == ["triplake ingest", "full"])
  }
}
