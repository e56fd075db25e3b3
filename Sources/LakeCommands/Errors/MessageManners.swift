enum ColorChoice: String, CaseIterable {
  case auto
  case always
  case never
}

enum ErrorFormat: String, CaseIterable {
  case text
  case json
}

/// How errors are told. Found before the options are read, because reading them may fail.
struct MessageManners {
  let isJSON: Bool
  let isColored: Bool

  init(_ words: [String], _ environment: CommandEnvironment) {
    let options = words.prefix { $0 != "--" }
    isJSON = Self.value("error-format", in: options) == ErrorFormat.json.rawValue
    switch Self.value("color", in: options) {
    case ColorChoice.always.rawValue: isColored = true
    case ColorChoice.never.rawValue: isColored = false
    default:
      isColored =
        environment.isMessagesTerminal && (environment.variables("NO_COLOR") ?? "").isEmpty
        && environment.variables("TERM") != "dumb"
    }
  }

  private static func value(_ name: String, in words: ArraySlice<String>) -> String? {
    var value: String?
    for index in words.indices {
      let word = words[index]
      if word == "--\(name)" { value = index + 1 < words.endIndex ? words[index + 1] : nil }
      if word.utf8.starts(with: "--\(name)=".utf8) {
        value = String(word.dropFirst(name.count + 3))
      }
    }
    return value
  }
}

extension CommandEnvironment {
  /// Tells an error on stderr.
  func report(_ error: CommandError, isJSON: Bool, isColored: Bool) {
    say(isJSON ? error.json : error.text(isColored: isColored))
  }

  /// Tells an error the way the options ask for.
  func report(_ error: CommandError, _ raw: RawOptions) {
    let words = ["color", "error-format"].flatMap { name in
      raw.value(name).map { ["--\(name)=\($0)"] } ?? []
    }
    let manners = MessageManners(words, self)
    report(error, isJSON: manners.isJSON, isColored: manners.isColored)
  }
}
