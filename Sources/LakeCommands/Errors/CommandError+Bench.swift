internal import LakeBench

extension CommandError {
  /// What stopped a bench, for the person who started it.
  init(bench error: BenchError) {
    switch error {
    case .file(let path, let reason, let isDiskFull):
      self.init(7001, .inputOutput, "the bench cannot use a file: \(reason)")
      place = Place(path: path)
      if isDiskFull { help = ["ask for fewer trips with --rows, or use another disk with --dir"] }
    case .tooLittleRoom(let path, let needed, let free):
      self.init(
        7002, .inputOutput,
        "the bench needs \(Plural.grouped(needed)) bytes of disk, and \(Plural.grouped(free)) are free"
      )
      place = Place(path: path)
      help = ["ask for fewer trips with --rows, or use another disk with --dir"]
    case .folderInUse(let path):
      self.init(7003, .cannotCreate, "the folder of the bench is not empty")
      place = Place(path: path)
      help = ["name a new folder with --dir"]
      unchanged = "what is in it is as it was"
    case .command(let line, let status, let messages):
      self.init(
        7004, ExitCode(rawValue: status) ?? .internalError,
        "a command of the bench ended with \(status)")
      notes = ["triplake \(line)"] + messages.split(separator: "\n").map(String.init)
    case .output(let line):
      self.init(7005, .internalError, "a command of the bench gave no answer that can be read")
      notes = ["triplake \(line)"]
    case .interrupted:
      self.init(7006, Interruption.exitCode, "the bench was interrupted")
      unchanged = "what it had made is taken away"
    }
  }
}
