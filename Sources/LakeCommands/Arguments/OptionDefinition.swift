/// An option that a command knows.
struct OptionDefinition: Hashable, Sendable {
  enum Value: Hashable, Sendable {
    case none
    /// The word stands for the value in the help text.
    case required(String)
    /// Only as `--name=value`; without it the option is a flag.
    case optional(String)
  }

  let name: String
  let short: Character?
  let value: Value
  let isRepeatable: Bool
  let help: String

  init(
    _ name: String, short: Character? = nil, value: Value = .none, isRepeatable: Bool = false,
    _ help: String
  ) {
    self.name = name
    self.short = short
    self.value = value
    self.isRepeatable = isRepeatable
    self.help = help
  }

  /// `-o, --output FILE` as the help text shows it.
  var usage: String {
    let long =
      switch value {
      case .none: "--\(name)"
      case .required(let word): "--\(name) \(word)"
      case .optional(let word): "--\(name)[=\(word)]"
      }
    return short.map { "-\($0), \(long)" } ?? "    \(long)"
  }
}

/// Options that serve one purpose of the user, under one heading.
struct OptionGroup: Hashable, Sendable {
  let heading: String
  let options: [OptionDefinition]

  init(_ heading: String, _ options: [OptionDefinition]) {
    self.heading = heading
    self.options = options
  }
}
