/// One line that is being typed, and the lines before it that can be brought back.
struct LineEditor {
  /// What a key led to.
  enum Outcome: Hashable {
    case editing
    /// The line is done.
    case line(String)
    /// The line, and those that it goes on from, are to be forgotten.
    case cancelled
    case endOfInput
    case signal
  }

  private(set) var characters: [Character] = []
  /// Before which character the next one is put.
  private(set) var cursor = 0
  /// The line that is new, while an older one is shown.
  private var draft: [Character] = []
  private var place: Int
  private let history: [String]

  /// - Parameter history: The oldest first.
  init(history: [String]) {
    self.history = history
    place = history.count
  }

  var text: String { String(characters) }

  mutating func press(_ key: Key) -> Outcome {
    switch key {
    case .character(let character):
      characters.insert(character, at: cursor)
      cursor += 1
    case .enter: return .line(text)
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(characters.count, cursor + 1)
    case .up: recall(place - 1)
    case .down: recall(place + 1)
    case .home: cursor = 0
    case .end: cursor = characters.count
    case .backspace: cut(max(0, cursor - 1)..<cursor)
    case .delete: cut(cursor..<min(characters.count, cursor + 1))
    case .cutRight: cut(cursor..<characters.count)
    case .cutLeft: cut(0..<cursor)
    case .cutWord: cut(wordStart..<cursor)
    case .cancel: return .cancelled
    case .endOfInput:
      if characters.isEmpty { return .endOfInput }
      cut(cursor..<min(characters.count, cursor + 1))
    case .signal: return .signal
    case .unknown: break
    }
    return .editing
  }

  private mutating func cut(_ range: Range<Int>) {
    characters.removeSubrange(range)
    cursor = range.lowerBound
  }

  /// Where the word before the cursor begins, blanks behind it included.
  private var wordStart: Int {
    var start = cursor
    while start > 0, characters[start - 1] == " " { start -= 1 }
    while start > 0, characters[start - 1] != " " { start -= 1 }
    return start
  }

  /// Shows a line of the history; behind its last stands the new one.
  private mutating func recall(_ wanted: Int) {
    guard (0...history.count).contains(wanted) else { return }
    if place == history.count { draft = characters }
    place = wanted
    characters = wanted == history.count ? draft : Array(history[wanted])
    cursor = characters.count
  }

  /// What the terminal must show in one line of `width` columns: the part of the text around the cursor.
  func picture(prompt: String, width: Int) -> String {
    let room = max(8, width - AlignedTable.width(prompt) - 1)
    var start = cursor
    var used = 0
    while start > 0 {
      let step = AlignedTable.width(String(characters[start - 1]))
      if used + step > room { break }
      used += step
      start -= 1
    }
    var shown = used
    var end = cursor
    while end < characters.count {
      let step = AlignedTable.width(String(characters[end]))
      if shown + step > room { break }
      shown += step
      end += 1
    }
    let back = shown - used
    let text = String(characters[start..<end])
    return "\r\(prompt)\(text)\u{1b}[K" + (back > 0 ? "\u{1b}[\(back)D" : "")
  }
}
