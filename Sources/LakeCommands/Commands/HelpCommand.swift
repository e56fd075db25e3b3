/// `triplake help`, `triplake help COMMAND`, `triplake help TOPIC`.
enum HelpCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let text = try text(raw.arguments)
    try environment.output.write("\(text)\n")
    try environment.output.flush()
    return .done
  }

  private static func text(_ words: [String]) throws -> String {
    let name = words.joined(separator: " ")
    if words.isEmpty { return HelpText.program(Program.commands) }
    if let command = Program.commands.first(where: { $0.name == name || $0.words[0] == name }) {
      return HelpText.command(command)
    }
    if let topic = HelpTopic.all.first(where: { $0.name == name }) { return topic.text }
    throw UsageErrors.unknownTopic(
      name, known: HelpTopic.all.map(\.name) + Program.commands.map(\.name))
  }

  static let definition = CommandDefinition(
    words: ["help"],
    summary: "help on a command or topic",
    description: [
      "Help on a command, or on a topic that belongs to none: boxes, exit-codes, lake, output, time.",
      "The same as --help after a command.",
    ],
    arguments: .zeroOrMore("COMMAND|TOPIC"),
    groups: [],
    examples: [
      .init(line: "triplake help", meaning: "the list of commands"),
      .init(line: "triplake help weekly", meaning: "a command"),
      .init(line: "triplake help boxes", meaning: "a topic"),
    ],
    run: { raw, environment in try run(raw, environment) })
}
