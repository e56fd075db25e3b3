/// Statements of SQL and where they came from.
struct SQLScript {
  static let byteLimit = 64 << 20

  let bytes: [UInt8]
  /// As errors name it.
  let path: String

  init(_ text: String) {
    bytes = Array(text.utf8)
    path = "SQL"
  }

  /// Reads the argument, the file of `--file`, or standard input.
  init(_ raw: RawOptions) throws {
    let argument = raw.arguments.first
    if let file = raw.value("file") {
      guard argument == nil else {
        throw UsageErrors.contradiction(
          "--file gives the SQL, and an argument gives it too", help: "leave one of the two out")
      }
      try self.init(file: file)
    } else if let argument, argument != "-" {
      self.init(argument)
    } else {
      try self.init(file: "-")
    }
  }

  private init(file: String) throws {
    do throws(SystemDoor.Failure) {
      path = file
      bytes = try SystemDoor.readFile(file == "-" ? "/dev/stdin" : file, limit: Self.byteLimit)
    } catch {
      throw CommandError(cannotRead: error)
    }
  }
}
