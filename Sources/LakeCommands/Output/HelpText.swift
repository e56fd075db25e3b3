/// The texts of `--help`.
enum HelpText {
  /// What triplake is, and the list of its commands.
  static func program(_ commands: [CommandDefinition]) -> String {
    let width = commands.map(\.name.utf8.count).max() ?? 0
    let list = commands.map { "  \(padded($0.name, to: width))  \($0.summary)" }
    return """
      triplake turns CSV files of vehicle trips into a lake: a folder of columnar files by region and week,
      and answers questions about them: weekly averages, counts by anything, the trips themselves.

      Usage: triplake COMMAND [options] [arguments]

      Commands
      \(list.joined(separator: "\n"))

      Examples
        triplake ingest trips.csv                      load a file; the lake is made where there is none
        triplake weekly                                trips in a week, by region
        triplake export sqlite summary.db              summary tables for SQL

      triplake COMMAND --help tells more of a command; triplake help TOPIC of \(topics).
      """
  }

  private static var topics: String {
    let names = HelpTopic.all.map(\.name)
    return names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
  }

  static func command(_ command: CommandDefinition) -> String {
    let options = command.options
    let width = options.map(\.usage.utf8.count).max() ?? 0
    let exampleWidth = command.examples.map(\.line.utf8.count).max() ?? 0
    var lines = command.description
    lines += ["", "Usage: \(command.usage)", "", "Examples"]
    lines += command.examples.map { "  \(padded($0.line, to: exampleWidth))  \($0.meaning)" }
    for group in command.allGroups {
      lines += ["", group.heading]
      lines += group.options.map { "  \(padded($0.usage, to: width))  \($0.help)" }
    }
    return lines.joined(separator: "\n")
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.utf8.count))
  }
}
