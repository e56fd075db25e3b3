/// Writes a JSON text value by value, checked to be well formed.
///
/// Names and values come in the order in which they stand in the text. Numbers are the shortest
/// decimals that read back exactly.
package struct JSONWriter: Sendable {
  package enum Layout: Sendable {
    /// One line without needless spaces.
    case compact
    /// One member or element a line, indented by two spaces.
    case indented
  }

  /// The text so far, UTF-8.
  package private(set) var bytes: [UInt8] = []
  private let layout: Layout
  private var levels: [Level] = []
  private var hasPendingName = false

  private struct Level {
    let isObject: Bool
    var isEmpty = true
  }

  package init(_ layout: Layout = .compact) {
    self.layout = layout
  }

  package mutating func beginObject() {
    beginValue()
    bytes.append(UInt8(ascii: "{"))
    levels.append(Level(isObject: true))
  }

  package mutating func endObject() {
    end(isObject: true, UInt8(ascii: "}"))
  }

  package mutating func beginArray() {
    beginValue()
    bytes.append(UInt8(ascii: "["))
    levels.append(Level(isObject: false))
  }

  package mutating func endArray() {
    end(isObject: false, UInt8(ascii: "]"))
  }

  /// The name of the member whose value follows.
  ///
  /// - Precondition: An object is open and no other name waits for its value.
  package mutating func name(_ name: String) {
    precondition(levels.last?.isObject == true && !hasPendingName, "a name stands in an object")
    beginItem()
    appendQuoted(name)
    bytes.append(UInt8(ascii: ":"))
    if layout == .indented { bytes.append(UInt8(ascii: " ")) }
    hasPendingName = true
  }

  package mutating func string(_ text: String) {
    beginValue()
    appendQuoted(text)
  }

  package mutating func integer(_ number: some BinaryInteger) {
    beginValue()
    bytes.append(contentsOf: String(number).utf8)
  }

  /// Writes `null` for a number that is not finite, which JSON has no word for.
  package mutating func number(_ number: Double) {
    beginValue()
    bytes.append(contentsOf: (number.isFinite ? number.shortestDecimal : "null").utf8)
  }

  package mutating func bool(_ flag: Bool) {
    beginValue()
    bytes.append(contentsOf: (flag ? "true" : "false").utf8)
  }

  package mutating func null() {
    beginValue()
    bytes.append(contentsOf: "null".utf8)
  }

  private mutating func end(isObject: Bool, _ bracket: UInt8) {
    guard let level = levels.popLast(), level.isObject == isObject, !hasPendingName else {
      preconditionFailure("what ends here was begun here")
    }
    if !level.isEmpty { beginLine() }
    bytes.append(bracket)
  }

  private mutating func beginValue() {
    if hasPendingName {
      hasPendingName = false
    } else if !levels.isEmpty {
      precondition(levels.last?.isObject == false, "a value in an object has a name")
      beginItem()
    } else {
      precondition(bytes.isEmpty, "a text is one value")
    }
  }

  private mutating func beginItem() {
    if !levels[levels.count - 1].isEmpty { bytes.append(UInt8(ascii: ",")) }
    levels[levels.count - 1].isEmpty = false
    beginLine()
  }

  private mutating func beginLine() {
    guard layout == .indented else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: levels.count * 2))
  }

  private mutating func appendQuoted(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 { appendEscaped(byte) }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func appendEscaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
    case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
    case 0x0a: bytes.append(contentsOf: "\\n".utf8)
    case 0x0d: bytes.append(contentsOf: "\\r".utf8)
    case 0x09: bytes.append(contentsOf: "\\t".utf8)
    case 0..<0x20, 0x7f:
      let digits = String(byte, radix: 16)
      bytes.append(contentsOf: (digits.count == 1 ? "\\u000" : "\\u00").utf8)
      bytes.append(contentsOf: digits.utf8)
    default: bytes.append(byte)
    }
  }
}
