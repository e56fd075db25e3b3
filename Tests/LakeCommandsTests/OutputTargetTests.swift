import Glibc
import LakeTestSupport
import Testing

@testable import LakeCommands

@Suite struct OutputTargetTests {
  private let lake = SampleLake()

  @Test func theSuffixChoosesTheFormatAndTheFileIsReplaced() {
    let path = lake.folder.file("w.md", "old")
    let run = lake.run("weekly -o \(path)")
    #expect(run.exitCode == .done && run.output.isEmpty)
    #expect(lake.folder.contents("w.md")?.hasPrefix("| region") == true)
    #expect(lake.folder.contents(".w.md.new") == nil)
  }

  @Test func aFailedCommandLeavesTheOldFile() {
    let path = lake.folder.file("w.csv", "old")
    #expect(lake.run("weekly --region Nowhere -o \(path)").exitCode == .usage)
    #expect(lake.folder.contents("w.csv") == "old")
    #expect(lake.folder.contents(".w.csv.new") == nil)
  }

  @Test func permissionsAreKept() {
    let path = lake.folder.file("w.csv", "old")
    chmod(path, 0o600)
    #expect(lake.run("weekly -o \(path)").exitCode == .done)
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  @Test func devicesAreWrittenToAndNotReplaced() {
    #expect(lake.run("weekly -o /dev/null").exitCode == .done)
    var status = stat()
    #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
  }

  @Test func aMissingFolderIsToldBeforeTheWork() {
    let run = lake.run("weekly -o \(lake.folder.path)/none/w.csv")
    #expect(run.exitCode == .cannotCreate)
    #expect(run.messages.contains("error[TL-3051]"))
  }

  @Test func twoRunsDoNotWriteTheSameFile() throws {
    let path = lake.folder.path + "/w.csv"
    let first = try ReplacedFile(path: path)
    #expect(lake.run("weekly -o \(path)").exitCode == .cannotCreate)
    try first.finish()
    #expect(lake.run("weekly -o \(path)").exitCode == .done)
  }

  @Test func aClosedPipeEndsQuietly() {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    close(ends[0])
    signal(SIGPIPE, SIG_IGN)
    let messages = ByteOutput()
    let environment = CommandEnvironment(
      output: ByteOutput(descriptor: ends[1]), messages: messages)
    let words = ["query", "--select", "rows", "--lake", lake.path]
    #expect(Program.run(words, environment) == .done)
    #expect(messages.pending.isEmpty)
    close(ends[1])
  }

  @Test func aFullDiskIsAnError() {
    let messages = ByteOutput()
    let descriptor = open("/dev/full", O_WRONLY)
    let environment = CommandEnvironment(
      output: ByteOutput(descriptor: descriptor), messages: messages)
    #expect(Program.run(["weekly", "--lake", lake.path], environment) == .inputOutput)
    #expect(String(decoding: messages.pending, as: UTF8.self).contains("error[TL-3052]"))
    close(descriptor)
  }
}
