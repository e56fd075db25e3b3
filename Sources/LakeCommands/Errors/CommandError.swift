/// What went wrong, for the person or the program that gave the command.
package struct CommandError: Error, Hashable, Sendable {
  /// A place in a file, as far as it is known; lines and columns count from 1.
  package struct Place: Hashable, Sendable {
    package var path: String
    package var line: Int?
    package var column: Int?
  }

  /// The line at the place, and the column under which the caret stands.
  package struct Excerpt: Hashable, Sendable {
    package let text: String
    package let column: Int
  }

  /// The number behind `TL-`; it never changes its meaning.
  package let code: Int
  package let exitCode: ExitCode
  /// One sentence without a final full stop.
  package let message: String
  package var place: Place?
  package var excerpt: Excerpt?
  /// Further facts, one a line.
  package var notes: [String] = []
  /// What can be done about it, one a line.
  package var help: [String] = []
  /// What was not changed: "nothing was committed".
  package var unchanged: String?

  package init(_ code: Int, _ exitCode: ExitCode, _ message: String) {
    self.code = code
    self.exitCode = exitCode
    self.message = message
  }

  package var label: String { "TL-\(code)" }

  /// `did you mean "a" or "b"?`; `nil` without a name.
  static func suggestion(_ names: [String]) -> String? {
    guard let last = names.last else { return nil }
    let quoted = names.dropLast().map { "\"\($0)\"" }
    let list = quoted.isEmpty ? "\"\(last)\"" : "\(quoted.joined(separator: ", ")) or \"\(last)\""
    return "did you mean \(list)?"
  }
}
