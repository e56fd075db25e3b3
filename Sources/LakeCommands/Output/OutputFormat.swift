/// How a result is laid out.
package enum OutputFormat: String, Hashable, Sendable, CaseIterable {
  case table
  case csv
  case tsv
  case json
  case ndjson
  case markdown

  /// The format that a file's suffix names; `nil` where it names none.
  init?(suffixOf path: String) {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: ".") else { return nil }
    switch name[name.index(after: dot)...].lowercased() {
    case "csv": self = .csv
    case "tsv", "tab": self = .tsv
    case "json": self = .json
    case "ndjson", "jsonl": self = .ndjson
    case "md", "markdown": self = .markdown
    case "txt": self = .table
    default: return nil
    }
  }

  var isJSON: Bool { self == .json || self == .ndjson }
}
