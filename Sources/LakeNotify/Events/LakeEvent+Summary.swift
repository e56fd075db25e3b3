internal import LakeBytes

extension LakeEvent {
  /// What the event tells in a few words for people; empty for a type that is not known.
  package var summary: String {
    switch type {
    case .loadStarted?: "\(text("command") ?? "load") of \(files)"
    case .loadProgress?:
      [
        text("phase"), number("share").map { "\(Int($0 * 100))%" }, text("path"),
      ].compactMap(\.self).joined(separator: " ")
    case .fileDone?: "\(text("path") ?? ""): \(status)"
    case .loadCommitted?, .loadCommittedWithRejects?: "\(files), \(counts)"
    case .duplicateFile?: "\(files) already loaded\(loadedBy)"
    case .loadFailed?: failure
    case .loadUndone?: "\(count("removed")) taken out"
    case .maintenanceDone?: text("task") ?? ""
    case nil: ""
    }
  }

  private var files: String {
    let paths =
      data["paths"]?.elements?.compactMap(\.text) ?? fileMembers.compactMap { $0["path"]?.text }
    let count = data["file_count"]?.integer ?? 0
    if count == 1, let path = paths.first { return path }
    return "\(count) file\(count == 1 ? "" : "s")"
  }

  private var fileMembers: [JSONValue] { data["files"]?.elements ?? [] }

  private var status: String {
    guard let status = text("status") else { return "" }
    if let message = data["error"]?["message"]?.text { return "\(status), \(message)" }
    return status == FileReport.Status.alreadyLoaded.rawValue ? status : "\(status), \(counts)"
  }

  private var counts: String {
    var parts = ["\(count("stored")) stored"]
    if number("duplicates") ?? 0 > 0 { parts.append("\(count("duplicates")) duplicates") }
    parts.append("\(count("rejected")) rejected")
    return parts.joined(separator: ", ")
  }

  private var failure: String {
    if let message = data["error"]?["message"]?.text { return message }
    let messages = fileMembers.compactMap { $0["error"]?["message"]?.text }
    return messages.count == 1 ? messages[0] : "\(files), nothing was committed"
  }

  private var loadedBy: String {
    let loads = Set(fileMembers.compactMap { $0["loaded_by"]?.integer })
    return loads.count == 1 ? " by load \(loads.first ?? 0)" : ""
  }

  private func text(_ name: String) -> String? { data[name]?.text }
  private func number(_ name: String) -> Double? { data[name]?.number }
  private func count(_ name: String) -> String { String(data[name]?.integer ?? 0) }
}
