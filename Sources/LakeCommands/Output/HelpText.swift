/// The texts of `--help`.
enum HelpText {
  /// What triplake is, and the list of its commands.
  static func program(_ commands: [CommandDefinition]) -> String {
    let width = commands.map(\.name.utf8.count).max() ?? 0
    let list = commands.map { "  \(padded($0.name, to: width))  \($0.summary)" }
    return """
      triplake turns CSV files of vehicle trips into a lake: a folder of columnar files by region and
      week, and answers questions about them: weekly averages, counts by anything, the trips themselves.

      Usage: triplake COMMAND [options] [arguments]

      Commands
      \(list.joined(separator: "\n"))

      Examples
        triplake ingest trips.csv          load a file; the lake is made where there is none
        triplake weekly                    trips in a week, by region
        triplake export sqlite summary.db  summary tables for SQL

      triplake COMMAND --help tells more of a command, triplake help TOPIC of a topic:
      \(topics).
      """
  }

  private static var topics: String {
    let names = HelpTopic.all.map(\.name)
    return names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
  }

  static func command(_ command: CommandDefinition) -> String {
    let width = command.options.map(\.usage.utf8.count).max() ?? 0
    var lines = command.description
    lines += ["", "Usage: \(command.usage)", "", "Examples"]
    lines += examples(command.examples)
    for group in command.allGroups {
      lines += ["", group.heading]
      for option in group.options {
        lines += wrapped(option.help, after: "  \(padded(option.usage, to: width))  ")
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The meaning beside each line, or below it where one of them would be too long.
  private static func examples(_ examples: [CommandDefinition.Example]) -> [String] {
    let width = examples.map(\.line.utf8.count).max() ?? 0
    let areShort = examples.allSatisfy { width + $0.meaning.utf8.count + 4 <= lineLimit }
    return examples.flatMap { example in
      areShort
        ? ["  \(padded(example.line, to: width))  \(example.meaning)"]
        : ["  \(example.line)", "      \(example.meaning)"]
    }
  }

  /// Breaks a text between words; later lines begin under the first.
  private static func wrapped(_ text: String, after start: String) -> [String] {
    let indent = String(repeating: " ", count: start.utf8.count)
    var lines = [start]
    for word in text.split(separator: " ") {
      let isFirst = lines[lines.count - 1].utf8.count == indent.utf8.count
      if lines[lines.count - 1].utf8.count + word.utf8.count + 1 > lineLimit {
        lines.append(indent + word)
      } else {
        lines[lines.count - 1] += isFirst ? word : " \(word)"
      }
    }
    return lines
  }

  private static let lineLimit = 100

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.utf8.count))
  }
}
