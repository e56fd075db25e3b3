/// The words of a command line, sorted into options and arguments; their values are not looked at yet.
struct RawOptions: Hashable, Sendable {
  struct Option: Hashable, Sendable {
    let name: String
    /// `nil` where the option stands without one.
    let value: String?
  }

  /// In the order given.
  var options: [Option] = []
  var arguments: [String] = []

  func has(_ name: String) -> Bool { options.contains { $0.name == name } }

  /// The value of an option; the last one where it is given several times.
  func value(_ name: String) -> String? { options.last { $0.name == name }?.value }

  func values(_ name: String) -> [String] {
    options.compactMap { $0.name == name ? $0.value : nil }
  }
}

extension RawOptions {
  /// Sorts `words` by the options that a command knows.
  ///
  /// Options and arguments come in any order, `--` ends the options. A value stands after `=` or is the
  /// next word; a next word that begins with `-` is a value only where it is `-` or a negative number.
  ///
  /// - Throws: `CommandError` with codes 1002 to 1004.
  static func parse(_ words: [String], options: [OptionDefinition]) throws -> RawOptions {
    var parser = OptionParser(words: words, options: options)
    return try parser.parse()
  }
}

private struct OptionParser {
  let words: [String]
  let options: [OptionDefinition]
  var position = 0
  var raw = RawOptions()

  init(words: [String], options: [OptionDefinition]) {
    self.words = words
    self.options = options
  }

  mutating func parse() throws -> RawOptions {
    while position < words.count {
      let word = words[position]
      position += 1
      if word == "--" {
        raw.arguments += words[position...]
        break
      } else if word.utf8.starts(with: "--".utf8) {
        try parseLong(word)
      } else if word.utf8.first == UInt8(ascii: "-"), word.utf8.count > 1 {
        try parseShort(word)
      } else {
        raw.arguments.append(word)
      }
    }
    return raw
  }

  private mutating func parseLong(_ word: String) throws {
    let body = word.dropFirst(2)
    let equals = body.firstIndex(of: "=")
    let name = String(equals.map { body[..<$0] } ?? body)
    let attached = equals.map { String(body[body.index(after: $0)...]) }
    guard let option = options.first(where: { $0.name == name }) else {
      throw UsageErrors.unknownOption("--\(name)", known: options.map { "--\($0.name)" })
    }
    try add(option, spelling: "--\(name)", attached: attached)
  }

  /// `-o FILE`, `-oFILE`, `-qv`.
  private mutating func parseShort(_ word: String) throws {
    var rest = word.dropFirst()
    while let letter = rest.popFirst() {
      guard let option = options.first(where: { $0.short == letter }) else {
        throw UsageErrors.unknownOption("-\(letter)", known: [])
      }
      guard case .required = option.value, !rest.isEmpty else {
        try add(option, spelling: "-\(letter)", attached: nil)
        continue
      }
      try add(option, spelling: "-\(letter)", attached: String(rest))
      return
    }
  }

  private mutating func add(
    _ option: OptionDefinition, spelling: String, attached: String?
  ) throws {
    switch option.value {
    case .none:
      guard attached == nil else { throw UsageErrors.needlessValue(spelling) }
      raw.options.append(.init(name: option.name, value: nil))
    case .optional:
      raw.options.append(.init(name: option.name, value: attached))
    case .required(let meaning):
      guard let value = attached ?? takeValue() else {
        throw UsageErrors.missingValue(spelling, option: option, meaning: meaning)
      }
      raw.options.append(.init(name: option.name, value: value))
    }
  }

  private mutating func takeValue() -> String? {
    guard position < words.count, isValue(words[position]) else { return nil }
    position += 1
    return words[position - 1]
  }

  private func isValue(_ word: String) -> Bool {
    let bytes = Array(word.utf8.prefix(2))
    guard bytes.first == UInt8(ascii: "-"), bytes.count == 2 else { return true }
    return bytes[1] == UInt8(ascii: ".") || (0x30...0x39).contains(bytes[1])
  }
}
