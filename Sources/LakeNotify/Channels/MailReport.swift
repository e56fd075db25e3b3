internal import LakeBytes
internal import TripModel

/// What a mail says of an event: the load's report, one row a file.
struct MailReport {
  /// Files that a mail lists; the event has more.
  private static let fileLimit = 200
  private static let columns = ["file", "status", "stored", "duplicates", "rejected"]

  private let event: LakeEvent
  private let lakePath: String
  private let hasAttachment: Bool

  init(_ event: LakeEvent, lakePath: String, hasAttachment: Bool) {
    self.event = event
    self.lakePath = lakePath
    self.hasAttachment = hasAttachment
  }

  /// One line that says it all.
  var subject: String { "[triplake] \(title): \(Self.safe(event.summary))" }

  private var title: String {
    let load = event.load.map { "load \($0)" } ?? "a load"
    switch event.type {
    case .loadCommitted?: return "\(load) committed"
    case .loadCommittedWithRejects?: return "\(load) committed with rejects"
    case .duplicateFile?: return "nothing new"
    case .loadFailed?: return "load failed"
    case .loadUndone?: return "\(load) undone"
    case .maintenanceDone?: return "maintenance done"
    default: return Self.safe(event.typeName)
    }
  }

  // MARK: Text

  var text: String {
    var lines = [title, String(repeating: "=", count: title.count), ""]
    let width = facts.map(\.0.count).max() ?? 0
    lines += facts.map { "\(Self.padded($0.0, width))  \($0.1)" }
    if !rows.isEmpty { lines += [""] + table }
    lines += [""] + notes
    return lines.joined(separator: "\r\n") + "\r\n"
  }

  private var table: [String] {
    let all = [Self.columns] + rows.map(\.cells)
    let widths = Self.columns.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    var lines = all.map { cells in
      cells.indices.map { Self.padded(cells[$0], widths[$0], isRight: $0 > 1) }
        .joined(separator: "  ")
    }
    lines.insert(widths.map { String(repeating: "-", count: $0) }.joined(separator: "  "), at: 1)
    for (index, row) in rows.enumerated().reversed() {
      if let error = row.error { lines.insert("    \(error)", at: index + 3) }
    }
    return lines
  }

  // MARK: HTML

  var html: String {
    let cell = "style=\"padding:2px 10px;border:1px solid #ccc"
    let factRows = facts.map { name, value in
      "<tr><td \(cell)\">\(Self.escaped(name))</td><td \(cell)\">\(Self.escaped(value))</td></tr>"
    }
    var parts = [
      "<!DOCTYPE html><html><body style=\"font-family:sans-serif\">",
      "<h2>\(Self.escaped(title))</h2>",
      "<table style=\"border-collapse:collapse\">\(factRows.joined())</table>",
    ]
    if !rows.isEmpty {
      let head = Self.columns.map { "<th \(cell)\">\($0)</th>" }.joined()
      let body = rows.map { row in
        let cells = row.cells.enumerated().map { column, text in
          let align = column > 1 ? ";text-align:right" : ""
          let error = column == 1 ? row.error.map { "<br><small>\(Self.escaped($0))</small>" } : nil
          return "<td \(cell)\(align)\">\(Self.escaped(text))\(error ?? "")</td>"
        }
        return "<tr>\(cells.joined())</tr>"
      }
      parts.append(
        "<h3>Files</h3><table style=\"border-collapse:collapse\"><tr>\(head)</tr>\(body.joined())</table>"
      )
    }
    parts += notes.map { "<p>\(Self.escaped($0))</p>" }
    parts.append("</body></html>")
    return parts.joined(separator: "\r\n") + "\r\n"
  }

  // MARK: Content

  private var facts: [(String, String)] {
    var facts = [("lake", Self.safe(lakePath)), ("time", Self.safe(event.time))]
    if let load = event.load { facts.append(("load", String(load))) }
    for name in ["stored", "duplicates", "rejected", "removed", "restored", "task"] {
      guard let value = event.data[name] else { continue }
      if let number = value.integer { facts.append((name, String(number))) }
      if let text = value.text { facts.append((name, Self.safe(text))) }
    }
    if let seconds = event.data["seconds"]?.number {
      facts.append(("seconds", seconds.shortestDecimal))
    }
    if let error = event.data["error"], let message = error["message"]?.text {
      facts.append(("error", Self.safe("\(error["code"]?.text ?? ""): \(message)")))
    }
    return facts
  }

  private struct Row {
    let cells: [String]
    let error: String?
  }

  private var rows: [Row] {
    (event.data["files"]?.elements ?? []).prefix(Self.fileLimit).map { file in
      let counts = Self.columns.dropFirst(2).map { String(file[$0]?.integer ?? 0) }
      let error = file["error"].flatMap { error in
        error["message"]?.text.map { Self.safe("\(error["code"]?.text ?? ""): \($0)") }
      }
      return Row(
        cells: [Self.safe(file["path"]?.text ?? ""), Self.safe(file["status"]?.text ?? "")]
          + counts, error: error)
    }
  }

  private var notes: [String] {
    var notes: [String] = []
    let count = Int(event.data["file_count"]?.integer ?? 0)
    if count > rows.count, !rows.isEmpty { notes.append("\(count - rows.count) more files") }
    if let path = event.data["rejects"]?["path"]?.text {
      notes.append(
        hasAttachment
          ? "The rejected records are attached, ready to be mended."
          : "The rejected records are in \(Self.safe("\(lakePath)/\(path)")), ready to be mended.")
    }
    if event.data["derived"]?.bool == true {
      notes.append("Told afterwards: the process that did it was killed before it could.")
    }
    return notes + ["event \(event.id.text)"]
  }

  private static func padded(_ text: String, _ width: Int, isRight: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return isRight ? space + text : text + space
  }

  /// Without control characters: a path may hold any byte.
  private static func safe(_ text: String) -> String { ByteString(text).displayText }

  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
  }
}
