package import TripModel

/// Finds a text in the name of a file: `{}` in the pattern is the text, `*` any run of bytes.
///
/// `JC-{}-*.csv` finds `tripdata` in `JC-tripdata-2017.csv`. The text is as short as the rest of the pattern
/// allows, and never empty.
package struct FileNamePattern: Sendable, Hashable {
  /// The pattern as it was written.
  package let text: ByteString
  private let parts: [Part]

  private enum Part: Hashable {
    case literal([UInt8])
    case anything
    case capture
  }

  /// - Returns: `nil` unless `{}` stands in the pattern exactly once.
  package init?(_ text: String) {
    self.text = ByteString(text)
    var parts: [Part] = []
    var rest = Array(text.utf8)[...]
    var literal: [UInt8] = []
    func isCapture(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.starts(with: "{}".utf8) }
    while let byte = rest.first {
      guard isCapture(rest) || byte == UInt8(ascii: "*") else {
        literal.append(byte)
        rest = rest.dropFirst()
        continue
      }
      if !literal.isEmpty { parts.append(.literal(literal)) }
      literal = []
      parts.append(isCapture(rest) ? .capture : .anything)
      rest = rest.dropFirst(isCapture(rest) ? 2 : 1)
    }
    if !literal.isEmpty { parts.append(.literal(literal)) }
    guard parts.count(where: { $0 == .capture }) == 1 else { return nil }
    self.parts = parts
  }

  /// The text in the last part of `path`, or `nil` where the name does not fit the pattern.
  package func find(inPath path: String) -> ByteString? {
    let name = Array(path.utf8.split(separator: UInt8(ascii: "/")).last ?? [])
    guard let found = match(parts[...], name[...], captured: nil) else { return nil }
    return ByteString(bytes: Array(found))
  }

  /// - Complexity: exponential in the number of `*`, of which a person writes few; a name has 255 bytes at most.
  private func match(
    _ parts: ArraySlice<Part>, _ name: ArraySlice<UInt8>, captured: ArraySlice<UInt8>?
  ) -> ArraySlice<UInt8>? {
    guard let part = parts.first else { return name.isEmpty ? captured : nil }
    let rest = parts.dropFirst()
    if case .literal(let bytes) = part {
      guard name.starts(with: bytes) else { return nil }
      return match(rest, name.dropFirst(bytes.count), captured: captured)
    }
    let shortest = part == .capture ? 1 : 0
    guard shortest <= name.count else { return nil }
    for count in shortest...name.count {
      let taken = part == .capture ? name.prefix(count) : captured
      if let found = match(rest, name.dropFirst(count), captured: taken) { return found }
    }
    return nil
  }
}
