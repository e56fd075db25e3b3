/// The lines that were typed at the prompt, kept from one session to the next in
/// `$XDG_STATE_HOME/triplake/history`, else in `~/.local/state`.
///
/// A history that cannot be read or written is none, and no failure.
struct PromptHistory {
  static let lineLimit = 1000
  private static let byteLimit = 1 << 20

  private(set) var lines: [String] = []
  /// `nil` where there is no home.
  private let path: String?

  init(_ environment: CommandEnvironment) {
    func folder(_ variable: String) -> String? {
      environment.variables(variable).flatMap { $0.isEmpty ? nil : $0 }
    }
    let state = folder("XDG_STATE_HOME") ?? folder("HOME").map { "\($0)/.local/state" }
    path = state.map { "\($0)/triplake/history" }
    guard let path, let bytes = try? SystemDoor.readFile(path, limit: Self.byteLimit) else {
      return
    }
    let all = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    lines = Array(all.suffix(Self.lineLimit))
  }

  /// Adds a line unless it is blank or the same as the last.
  mutating func add(_ line: String) {
    guard line.contains(where: { !$0.isWhitespace }), line != lines.last else { return }
    lines.append(line)
    if lines.count > Self.lineLimit { lines.removeFirst() }
  }

  /// Replaces the file by these lines, readable by nobody else.
  func save() {
    guard let path, !lines.isEmpty else { return }
    try? SystemDoor.makeFolders(above: path)
    guard let file = try? ReplacedFile(path: path) else { return }
    SystemDoor.hideFromOthers(file.descriptor)
    let text = lines.map { "\($0)\n" }.joined()
    guard (try? SystemDoor.write(Array(text.utf8), to: file.descriptor)) != nil else { return }
    try? file.finish()
  }
}
