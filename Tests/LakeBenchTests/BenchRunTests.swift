import Glibc
import LakeTestSupport
import Testing

@testable import LakeBench

@Suite struct BenchRunTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.path + "/bench" }

  private func bench(program: String) -> Bench {
    var bench = Bench(rowCount: 1000, fileCount: 2, threadCount: 2)
    bench.programPath = program
    return bench
  }

  private func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  @Test func aCommandThatFailsIsToldAndNothingIsLeft() throws {
    #expect {
      try bench(program: "/bin/false").run(in: path, isKept: false)
    } throws: { error in
      guard case BenchError.command(let line, let status, let messages) = error else {
        return false
      }
      return line.hasPrefix("ingest --lake \(path)/lake \(path)/csv/trips-001.csv") && status == 1
        && messages.isEmpty
    }
    #expect(!exists(path))
  }

  @Test func anAnswerThatIsNoneIsTold() {
    #expect(throws: BenchError.output(line: "ingest")) {
      try bench(program: script("echo '{}'")).run(in: path, isKept: false)
    }
  }

  @Test func whatAProgramWritesIsTakenAsItIs() throws {
    let child = try ChildProcess(
      path: script("printf 'a%s' \"$1\"; echo wrong >&2; exit 65"), words: ["x", "b"])
    #expect(child.output == Array("ab".utf8))
    #expect(child.messages == Array("wrong\n".utf8))
    #expect(child.status == 65)
    #expect(child.seconds > 0)
    #expect(child.peakByteCount > 100_000)
    #expect(try ChildProcess(path: script("kill -9 $$"), words: ["x"]).status == 137)
    #expect(throws: BenchError.self) { try ChildProcess(path: "/nowhere", words: ["x"]) }
  }

  @Test func theFolderIsKeptWhereAsked() throws {
    #expect(throws: BenchError.self) {
      try bench(program: "/bin/false").run(in: path, isKept: true)
    }
    #expect(exists(path + "/csv/trips-002.csv"))
    #expect(throws: BenchError.folderInUse(path: path)) {
      try bench(program: "/bin/false").run(in: path, isKept: false)
    }
    #expect(exists(path + "/csv/trips-002.csv"))
  }

  @Test func dataAlone() throws {
    let byteCount = try bench(program: "/bin/false").makeData(in: path)
    #expect(byteCount > 100_000)
    #expect(exists(path + "/csv/trips-001.csv"))
    #expect(!exists(path + "/lake"))
  }

  @Test func anInterruptedBenchLeavesNothing() {
    var bench = bench(program: "/bin/false")
    bench.isInterrupted = { true }
    #expect(throws: BenchError.interrupted) { try bench.run(in: path, isKept: false) }
    #expect(throws: BenchError.interrupted) { try bench.makeData(in: path) }
    #expect(!exists(path))
  }

  @Test func moreTripsThanTheDiskHolds() {
    #expect {
      try Bench(rowCount: 1 << 50, fileCount: 1, threadCount: 1).run(in: path, isKept: false)
    } throws: { error in
      guard case BenchError.tooLittleRoom(_, let needed, let free) = error else { return false }
      return needed == 200 << 50 && free < needed
    }
    #expect(!exists(path))
  }

  /// A program of one line of shell.
  private func script(_ line: String) -> String {
    let path = folder.path + "/program"
    guard let file = fopen(path, "w") else { preconditionFailure("cannot write \(path)") }
    fputs("#!/bin/sh\n\(line)\n", file)
    fclose(file)
    chmod(path, 0o755)
    return path
  }
}
