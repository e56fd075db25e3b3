internal import LakeBytes
internal import TripModel

extension CommandError {
  /// The error for people, several lines without a final line end:
  ///
  ///     error[TL-2031]: origin_coord is not a POINT
  ///       --> trips.csv:120394:18
  ///        | Prague,PINT (14.4 50.0),…
  ///        |        ^
  ///       help: …
  ///       nothing was committed
  package func text(isColored: Bool) -> String {
    let (bold, red, plain) = isColored ? ("\u{1b}[1m", "\u{1b}[1;31m", "\u{1b}[0m") : ("", "", "")
    var lines = ["\(red)error[\(label)]\(plain)\(bold): \(Self.safe(message))\(plain)"]
    if let place { lines.append("  --> \(Self.safe(place.text))") }
    if let excerpt {
      lines.append("   | \(Self.safe(excerpt.text))")
      lines.append("   | \(String(repeating: " ", count: max(0, excerpt.column - 1)))^")
    }
    lines += notes.map { "  note: \(Self.safe($0))" }
    lines += help.map { "  help: \(Self.safe($0))" }
    if let unchanged { lines.append("  \(unchanged)") }
    return lines.joined(separator: "\n")
  }

  /// The error as one line of JSON.
  package var json: String {
    var writer = JSONWriter(.compact)
    writer.beginObject()
    writer.member("schema", "triplake.error/1")
    writer.member("code", label)
    writer.member("exit_code", exitCode.rawValue)
    writer.member("message", message)
    writer.member("path", place?.path)
    writer.member("line", place?.line.map(Double.init))
    writer.member("column", place?.column.map(Double.init))
    writer.name("notes")
    writer.value(.array(notes.map { .string($0) }))
    writer.name("help")
    writer.value(.array(help.map { .string($0) }))
    writer.member("unchanged", unchanged)
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// Text from files and command lines must not move the cursor.
  private static func safe(_ text: String) -> String { ByteString(text).displayText }
}

extension CommandError.Place {
  /// `path:line:column`, as far as it is known.
  var text: String {
    [path, line.map(String.init), line == nil ? nil : column.map(String.init)]
      .compactMap(\.self).joined(separator: ":")
  }
}
