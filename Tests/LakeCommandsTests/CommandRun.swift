import Glibc
import LakeStore
import LakeTestSupport

@testable import LakeCommands

/// A command run in this process, with what it wrote.
struct CommandRun {
  let exitCode: ExitCode
  let output: String
  let messages: String
  /// What was told of progress.
  let progress: String

  /// - Parameters:
  ///   - words: The command line without the program's name.
  ///   - isTerminal: Whether both outputs seem to be a terminal.
  init(
    _ words: [String], isTerminal: Bool = false, directory: String = "/dev/null/nowhere",
    variables: [String: String] = [:]
  ) {
    let output = ByteOutput()
    let messages = ByteOutput()
    var environment = CommandEnvironment(output: output, messages: messages)
    environment.isOutputTerminal = isTerminal
    environment.isMessagesTerminal = isTerminal
    environment.directory = directory
    environment.variables = { variables[$0] }
    let progress = Monitor("")
    environment.tellProgress = { text in progress.withLock { $0 += text } }
    exitCode = Program.run(words, environment)
    self.output = String(decoding: output.pending, as: UTF8.self)
    self.messages = String(decoding: messages.pending, as: UTF8.self)
    self.progress = progress.withLock { $0 }
  }

  @discardableResult
  init(_ line: String, isTerminal: Bool = false, variables: [String: String] = [:]) {
    self.init(
      line.split(separator: " ").map(String.init), isTerminal: isTerminal, variables: variables)
  }

  var lines: [String] { output.split(separator: "\n").map(String.init) }
}

/// A folder with a lake of the hundred sample trips, made by the command itself.
final class SampleLake {
  static let trips = projectFolder + "/lake/landing/trips.csv"
  static let areas = projectFolder + "/lake/areas.csv"

  let folder = TemporaryFolder()
  var path: String { folder.path + "/lake" }

  init() {
    let load = CommandRun(["ingest", "--lake", path, Self.trips])
    precondition(load.exitCode == .done, load.messages)
  }

  @discardableResult
  func run(_ line: String, isTerminal: Bool = false) -> CommandRun {
    CommandRun("\(line) --lake=\(path)", isTerminal: isTerminal)
  }

  /// The project's folder, from the place of this file.
  private static var projectFolder: String {
    #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
  }
}

extension TemporaryFolder {
  /// Writes a file and returns its path.
  func file(_ name: String, _ text: String) -> String {
    file(name, Array(text.utf8))
  }

  func file(_ name: String, _ bytes: [UInt8]) -> String {
    let path = path + "/" + name
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    precondition(descriptor >= 0)
    defer { close(descriptor) }
    precondition(write(descriptor, bytes, bytes.count) == bytes.count)
    return path
  }

  func contents(_ name: String) -> String? {
    (try? SystemDoor.readFile(path + "/" + name, limit: 1 << 24)).map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}
