internal import LakeQuery
internal import TripModel

/// The errors of a command line that cannot be understood.
enum UsageErrors {
  static func unknownCommand(_ name: String, known: [String]) -> CommandError {
    var error = CommandError(
      1001, .usage, "there is no command \"\(ByteString(name).displayText)\"")
    error.help = suggestions(name, known) + ["triplake --help lists the commands"]
    return error
  }

  static func unknownOption(_ name: String, known: [String]) -> CommandError {
    var error = CommandError(1002, .usage, "there is no option \"\(ByteString(name).displayText)\"")
    error.help = suggestions(name, known)
    if error.help.isEmpty { error.help = ["--help lists the options of a command"] }
    return error
  }

  static func missingValue(
    _ spelling: String, option: OptionDefinition, meaning: String
  ) -> CommandError {
    var error = CommandError(1003, .usage, "\(spelling) needs a value: \(meaning)")
    error.help = ["a value that begins with - is written --\(option.name)=-value"]
    return error
  }

  static func needlessValue(_ spelling: String) -> CommandError {
    CommandError(1004, .usage, "\(spelling) takes no value")
  }

  /// A value that cannot be read; `expected` says what can.
  static func badValue(
    _ option: String, _ value: String, expected: String, known: [String] = []
  ) -> CommandError {
    var error = CommandError(
      1005, .usage, "--\(option) cannot be \"\(ByteString(value).displayText)\"")
    error.help = suggestions(value, known) + [expected]
    return error
  }

  static func unexpectedArgument(_ argument: String, usage: String) -> CommandError {
    var error = CommandError(
      1006, .usage, "there is no place for \"\(ByteString(argument).displayText)\"")
    error.help = ["usage: \(usage)"]
    return error
  }

  static func missingArgument(_ meaning: String, usage: String) -> CommandError {
    var error = CommandError(1007, .usage, "\(meaning) is missing")
    error.help = ["usage: \(usage)"]
    return error
  }

  /// Options that contradict each other, or one that has nothing to work on.
  static func contradiction(_ message: String, help: String? = nil) -> CommandError {
    var error = CommandError(1008, .usage, message)
    error.help = help.map { [$0] } ?? []
    return error
  }

  static func unknownTopic(_ topic: String, known: [String]) -> CommandError {
    var error = CommandError(
      1009, .usage, "there is no help on \"\(ByteString(topic).displayText)\"")
    error.help = suggestions(topic, known) + ["topics: \(known.joined(separator: ", "))"]
    return error
  }

  static func unknownFormat(_ name: String, known: [String]) -> CommandError {
    var error = CommandError(
      1012, .usage, "there is no layout \"\(ByteString(name).displayText)\"")
    error.help = suggestions(name, known) + ["built in are \(known.joined(separator: ", "))"]
    return error
  }

  static func invalidText() -> CommandError {
    CommandError(1010, .usage, "an argument is not valid UTF-8")
  }

  private static func suggestions(_ name: String, _ known: [String]) -> [String] {
    let near = NearestNames.suggestions(for: ByteString(name), among: known.map { ByteString($0) })
    return CommandError.suggestion(near).map { [$0] } ?? []
  }
}
