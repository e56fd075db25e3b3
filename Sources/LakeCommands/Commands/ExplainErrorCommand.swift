internal import TripModel

/// `triplake explain-error CODE`: what a code of an error means and what can be done.
enum ExplainErrorCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let text: String
    if let word = raw.arguments.first {
      text = try explanation(of: word)
    } else {
      text = ErrorCatalogue.all.map { "TL-\($0.code)  \($0.title)" }.joined(separator: "\n")
    }
    try environment.output.write("\(text)\n")
    try environment.output.flush()
    return .done
  }

  private static func explanation(of word: String) throws -> String {
    let upper = word.uppercased()
    let digits = upper.hasPrefix("TL-") ? String(upper.dropFirst(3)) : upper
    guard let entry = ErrorCatalogue.all.first(where: { String($0.code) == digits }) else {
      var error = CommandError(
        1011, .usage, "there is no error \"\(ByteString(word).displayText)\"")
      error.help = ["triplake explain-error lists them all"]
      throw error
    }
    return "TL-\(entry.code): \(entry.title) (exit \(entry.exitCode.rawValue))\n\n\(entry.text)"
  }

  static let definition = CommandDefinition(
    words: ["explain-error"],
    summary: "what an error code means and what to do",
    description: [
      "What the code of an error means, when it appears and what can be done about it.",
      "Without a code it lists them all. It needs no lake and no network.",
    ],
    arguments: .atMostOne("CODE"),
    groups: [],
    examples: [
      .init(line: "triplake explain-error TL-3001", meaning: "one code"),
      .init(line: "triplake explain-error 2031", meaning: "the same way, without the letters"),
      .init(line: "triplake explain-error", meaning: "all codes"),
    ],
    run: { raw, environment in try run(raw, environment) })
}
