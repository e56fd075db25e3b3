internal import LakeBytes
internal import LakeIngest
internal import LakeStore
internal import TripModel

/// Tells of each watched file when it is done: a row, or a line for people.
struct WatchWriter {
  private static let columns = [
    ResultColumn("file"), ResultColumn("status"), ResultColumn("load", isNumeric: true),
    ResultColumn("stored", isNumeric: true), ResultColumn("duplicates", isNumeric: true),
    ResultColumn("rejected", isNumeric: true), ResultColumn("moved_to"),
  ]

  private let target: OutputTarget
  private var writer: ResultWriter

  init(_ target: OutputTarget) {
    self.target = target
    writer = ResultWriter(
      ResultHeader(
        schema: "triplake.watch/1", snapshot: 0, zoneName: "", zone: .utc, filter: [],
        columns: Self.columns), to: target)
  }

  /// A table would wait for its last row.
  private var isForPeople: Bool { target.format == .table || target.format == .markdown }

  func begin() throws {
    if !isForPeople { try writer.begin() }
  }

  mutating func write(_ result: WatchResult) throws {
    let cells = Self.cells(result)
    guard isForPeople else {
      try writer.row(cells)
      return
    }
    let texts = cells.map { $0.displayText(zone: .utc) }
    let load = texts[2].isEmpty ? "" : " by load \(texts[2])"
    let counts = texts[3].isEmpty ? "" : ", \(texts[3]) stored, \(texts[5]) rejected"
    try target.output.write("\(texts[0]): \(texts[1])\(load)\(counts); now \(texts[6])\n")
  }

  mutating func end() throws {
    if !isForPeople { try writer.end(stats: .null) }
  }

  private static func cells(_ result: WatchResult) -> [Cell] {
    let file = Cell.text(ByteString(result.file.name))
    let target = Cell.text(ByteString(result.target))
    guard case .loaded(let load) = result.outcome else {
      return [file, .text("moved"), .empty, .empty, .empty, .empty, target]
    }
    guard let receipt = try? load.get(), let account = receipt.files.first else {
      return [file, .text("failed"), .empty, .empty, .empty, .empty, target]
    }
    let number = receipt.load ?? account.earlierLoad
    let counts = [account.ledger.stored, account.ledger.duplicates, account.ledger.rejected]
    return [
      file, .text(ByteString(account.status.rawValue)),
      number.map { .integer(Int(clamping: $0)) } ?? .empty,
    ] + counts.map { .integer(Int(clamping: $0)) } + [target]
  }
}
