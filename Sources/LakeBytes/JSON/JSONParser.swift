/// Reads one JSON text (RFC 8259), strictly: no comments, no trailing commas, no repeated names.
///
/// Open arrays and objects stand on a list of the parser's own, so that no input can exhaust the stack.
package struct JSONParser {
  /// How many arrays and objects may be open at once.
  package static let depthLimit = 64

  private var scanner: JSONScanner
  private var open: [Container] = []

  /// The value that `bytes` spell. A leading UTF-8 byte order mark is passed over.
  ///
  /// - Throws: `JSONError` with the place of the first byte that does not fit.
  package static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
    var parser = JSONParser(scanner: JSONScanner(bytes))
    return try parser.parseText()
  }

  /// An array or object whose end has not been read yet. Changed in place only, so that a long one
  /// is not copied for each of its values.
  private struct Container {
    let isObject: Bool
    var elements: [JSONValue] = []
    var members: [JSONMember] = []
    var names: Set<[UInt8]> = []
    var pendingName = ""
  }

  private init(scanner: JSONScanner) {
    self.scanner = scanner
  }

  private mutating func parseText() throws(JSONError) -> JSONValue {
    scanner.skipByteOrderMark()
    while true {
      guard var value = try parseValueStart() else { continue }
      // A finished value may finish the containers around it.
      while !open.isEmpty, try addToInnermost(value) {
        let finished = open.removeLast()
        value = finished.isObject ? .object(finished.members) : .array(finished.elements)
      }
      guard open.isEmpty else { continue }
      try scanner.expectEnd()
      return value
    }
  }

  /// Reads a scalar or an empty container, or opens a container and returns `nil`.
  private mutating func parseValueStart() throws(JSONError) -> JSONValue? {
    let start = scanner.skipSpace()
    switch try scanner.next() {
    case UInt8(ascii: "["):
      try checkDepth(at: start)
      if scanner.accept(UInt8(ascii: "]")) { return .array([]) }
      open.append(Container(isObject: false))
      return nil
    case UInt8(ascii: "{"):
      try checkDepth(at: start)
      if scanner.accept(UInt8(ascii: "}")) { return .object([]) }
      open.append(Container(isObject: true))
      try parseName()
      return nil
    case UInt8(ascii: "\""): return .string(try scanner.stringAfterQuote())
    case UInt8(ascii: "t"):
      try scanner.expectRest(of: "true", from: start)
      return .bool(true)
    case UInt8(ascii: "f"):
      try scanner.expectRest(of: "false", from: start)
      return .bool(false)
    case UInt8(ascii: "n"):
      try scanner.expectRest(of: "null", from: start)
      return .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return try scanner.number(from: start)
    default:
      throw scanner.error(.unexpectedByte, at: start, "a value is expected")
    }
  }

  /// Puts `value` into the innermost open container and reads what follows it.
  ///
  /// - Returns: Whether the container ended; if not, another value must follow.
  private mutating func addToInnermost(_ value: JSONValue) throws(JSONError) -> Bool {
    let innermost = open.count - 1
    let isObject = open[innermost].isObject
    if isObject {
      open[innermost].members.append(JSONMember(open[innermost].pendingName, value))
    } else {
      open[innermost].elements.append(value)
    }
    let end = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
    if scanner.accept(end) { return true }
    let offset = scanner.skipSpace()
    guard try scanner.next() == UInt8(ascii: ",") else {
      let expected = isObject ? "\",\" or \"}\"" : "\",\" or \"]\""
      throw scanner.error(.unexpectedByte, at: offset, "\(expected) is expected")
    }
    if isObject { try parseName() }
    return false
  }

  /// Reads `"name":` into the innermost container, where the name must be new.
  private mutating func parseName() throws(JSONError) {
    let start = scanner.skipSpace()
    guard try scanner.next() == UInt8(ascii: "\"") else {
      throw scanner.error(.unexpectedByte, at: start, "a name in double quotes is expected")
    }
    let name = try scanner.stringAfterQuote()
    guard open[open.count - 1].names.insert(Array(name.utf8)).inserted else {
      throw scanner.error(.duplicateName, at: start, "the name \"\(name)\" stands here twice")
    }
    open[open.count - 1].pendingName = name
    let colon = scanner.skipSpace()
    guard try scanner.next() == UInt8(ascii: ":") else {
      throw scanner.error(.unexpectedByte, at: colon, "\":\" is expected")
    }
  }

  private func checkDepth(at offset: Int) throws(JSONError) {
    guard open.count < Self.depthLimit else {
      throw scanner.error(
        .tooDeep, at: offset, "more than \(Self.depthLimit) arrays and objects are nested")
    }
  }
}
