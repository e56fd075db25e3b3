/// A command: what it is called, what it takes, what it is for, and the work.
struct CommandDefinition: Sendable {
  struct Example: Hashable, Sendable {
    let line: String
    let meaning: String
  }

  /// What may stand beside the options.
  enum Arguments: Hashable, Sendable {
    case none
    case one(String)
    case oneOrMore(String)
    case atMostOne(String)
    case zeroOrMore(String)
  }

  /// `["export", "sqlite"]` for `triplake export sqlite`.
  let words: [String]
  /// A few words for the list of commands.
  let summary: String
  /// Two lines of what it is.
  let description: [String]
  let arguments: Arguments
  /// Without those that every command has.
  let groups: [OptionGroup]
  let examples: [Example]
  let run: @Sendable (RawOptions, CommandEnvironment) throws -> ExitCode

  var name: String { words.joined(separator: " ") }

  var usage: String {
    let rest =
      switch arguments {
      case .none: ""
      case .one(let word): " \(word)"
      case .oneOrMore(let word): " \(word)..."
      case .atMostOne(let word): " [\(word)]"
      case .zeroOrMore(let word): " [\(word)...]"
      }
    return "triplake \(name) [options]\(rest)"
  }

  var allGroups: [OptionGroup] { groups + [CommonOptions.everywhere] }

  var options: [OptionDefinition] {
    groups.flatMap(\.options) + CommonOptions.everywhere.options
  }
}
