internal import LakeBytes
internal import LakeNotify
internal import TripModel

/// Writes events in one of the output formats, each at once where they are followed.
struct EventWriter {
  private static let columns = [
    ResultColumn("id"), ResultColumn("time"), ResultColumn("type"),
    ResultColumn("load", isNumeric: true), ResultColumn("summary"), ResultColumn("data"),
  ]
  /// A person has no use for the data, and the id comes last.
  private static let tableColumns = [
    ResultColumn("time"), ResultColumn("type"), ResultColumn("load", isNumeric: true),
    ResultColumn("summary"), ResultColumn("id"),
  ]
  private static let typeWidth = 27

  private let target: OutputTarget
  private let isFollowing: Bool
  private var writer: ResultWriter

  /// - Parameter lake: The lake's id in hexadecimal.
  init(_ target: OutputTarget, isFollowing: Bool, lake: String) {
    self.target = target
    self.isFollowing = isFollowing
    let isForPeople = target.format == .table || target.format == .markdown
    writer = ResultWriter(
      ResultHeader(
        schema: "triplake.events/1", snapshot: 0, zoneName: "UTC", zone: .utc,
        filter: [JSONMember("lake", .string(lake))],
        columns: isForPeople ? Self.tableColumns : Self.columns), to: target)
  }

  func begin() throws {
    if !isLines { try writer.begin() }
  }

  mutating func write(_ event: LakeEvent) throws {
    switch target.format {
    case .ndjson: try target.output.write { $0 += event.line + [UInt8(ascii: "\n")] }
    case .table where isFollowing: try target.output.write(line(event))
    case .table, .markdown:
      try writer.row([
        .text(ByteString(event.time)), .text(ByteString(event.typeName)), load(event),
        .text(ByteString(event.summary)), .text(ByteString(event.id.text)),
      ])
    case .csv, .tsv, .json:
      try writer.row([
        .text(ByteString(event.id.text)), .text(ByteString(event.time)),
        .text(ByteString(event.typeName)), load(event), .text(ByteString(event.summary)),
        .json(event.data),
      ])
    }
  }

  mutating func end() throws {
    if !isLines { try writer.end(stats: .null) }
  }

  /// Whether each event is a line by itself, without anything around it.
  private var isLines: Bool {
    target.format == .ndjson || (target.format == .table && isFollowing)
  }

  private func load(_ event: LakeEvent) -> Cell {
    event.load.map { .integer(Int(clamping: $0)) } ?? .empty
  }

  /// A line whose columns stand below each other without being known beforehand.
  private func line(_ event: LakeEvent) -> String {
    let gap = String(repeating: " ", count: max(0, Self.typeWidth - event.typeName.utf8.count))
    let load = event.load.map { "load \($0): " } ?? ""
    let text = "\(event.time)  \(event.typeName)\(gap)  \(load)\(event.summary)"
    return ByteString(text).displayText + "\n"
  }
}
