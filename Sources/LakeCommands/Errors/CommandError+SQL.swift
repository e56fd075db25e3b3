internal import LakeQuery
internal import LakeSQL
internal import TripModel

/// What errors of SQL mean for a command.
extension CommandError {
  init(sql error: SQLError) {
    let (code, exitCode): (Int, ExitCode) =
      switch error.code {
      case .notUnderstood: (5101, .usage)
      case .refused: (5102, .usage)
      case .failed: (5103, .usage)
      case .timedOut: (5104, .tryAgain)
      case .interrupted: (5105, Interruption.exitCode)
      }
    self.init(code, exitCode, error.message)
    if error.code == .timedOut { help = ["allow more with --timeout, or ask of fewer trips"] }
    if error.code == .refused { unchanged = "nothing was changed" }
  }

  /// - Parameter known: The names of tables and columns.
  init(sql error: SQLError, in script: SQLScript, known: [String]) {
    self.init(sql: error)
    if let offset = error.offset {
      let before = script.bytes[..<min(offset, script.bytes.count)]
      let newline = UInt8(ascii: "\n")
      let start = before.lastIndex(of: newline).map { $0 + 1 } ?? 0
      let line = Array(script.bytes[start...].prefix { $0 != newline })
      let column = before.count - start + 1
      place = Place(
        path: script.path, line: before.count { $0 == newline } + 1, column: column)
      excerpt = Excerpt(line: line, at: column)
    } else if script.path != "SQL" {
      place = Place(path: script.path)
    }
    help += Self.nearestNames(to: error.message, known: known)
  }

  /// A suggestion where SQLite misses a table, column or function, whose name stands behind a colon.
  private static func nearestNames(to message: String, known: [String]) -> [String] {
    guard message.hasPrefix("no such"), let colon = message.firstIndex(of: ":") else { return [] }
    let name = message[colon...].dropFirst(2).split(separator: ".").last.map(String.init) ?? ""
    let near = NearestNames.suggestions(for: ByteString(name), among: known.map { ByteString($0) })
    return suggestion(near).map { [$0] } ?? []
  }
}
