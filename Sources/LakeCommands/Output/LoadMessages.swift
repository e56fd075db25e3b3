internal import LakeIngest
internal import LakeStore
internal import TripModel

/// What a load has to tell people besides its result.
struct LoadMessages {
  /// Rejects shown where not all are asked for.
  private static let shownRejectCount = 3

  private let receipt: LoadReceipt
  private let lake: Lake

  init(_ receipt: LoadReceipt, lake: Lake) {
    self.receipt = receipt
    self.lake = lake
  }

  /// The files that failed and the first rows that were rejected.
  func errors(isVerbose: Bool) -> [CommandError] {
    let limit = isVerbose ? Int.max : Self.shownRejectCount
    let rejects = receipt.rejectSamples.prefix(limit).map { CommandError(reject: $0) }
    let failures = receipt.files.compactMap { file in
      file.error.map { CommandError(load: $0, path: file.path) }
    }
    return rejects + failures
  }

  var notices: [String] {
    var lines: [String] = []
    let hidden = receipt.rejected - min(receipt.rejected, UInt64(Self.shownRejectCount))
    if let report = receipt.rejectReport {
      let path = ByteString("\(lake.path)/\(report.path.text)").displayText
      let count = Plural.count(receipt.rejected, "record")
      let replay = receipt.load.map { "; triplake replay \($0) FILE takes a mended copy in" } ?? ""
      lines.append("\(count) rejected; they are in \(path), ready to be mended\(replay)")
    } else if hidden > 0 {
      let count = Plural.count(receipt.rejected, "record")
      lines.append("\(count) rejected; --verbose shows more of them")
    }
    if let report = receipt.duplicateReport {
      let path = ByteString("\(lake.path)/\(report.path.text)").displayText
      lines.append("\(Plural.count(receipt.duplicates, "duplicate")) left out; listed in \(path)")
    }
    lines += layouts + warnings
    for file in receipt.files where file.status == .alreadyLoaded {
      let path = ByteString(file.path).displayText
      let load = file.earlierLoad ?? 0
      lines.append(
        load == 0
          ? "\(path): the same bytes as an earlier file of this load; not loaded again"
          : "\(path): already loaded by load \(load); not loaded again")
    }
    lines.append(summary)
    return lines
  }

  /// Which layouts the files had, a line each.
  private var layouts: [String] {
    let read = receipt.files.filter { $0.definition != nil && $0.status != .alreadyLoaded }
    var files: [Layout: [FileReceipt]] = [:]
    var order: [Layout] = []
    for file in read {
      let layout = Layout(definition: file.definition ?? "", passedOver: file.passedOver)
      if files[layout] == nil { order.append(layout) }
      files[layout, default: []].append(file)
    }
    return order.map { layout in
      let first = files[layout]?.first.map { ByteString($0.path).displayText } ?? ""
      let more = (files[layout]?.count ?? 1) - 1
      let names = more > 0 ? "\(first) and \(Plural.count(more, "more file"))" : first
      return "\(names): read as \(layout.definition)" + layout.others
    }
  }

  /// What is odd about trips that were stored, a line for each kind.
  private var warnings: [String] {
    RowWarnings.Kind.allCases.compactMap { kind in
      let count = receipt.files.reduce(0) { $0 + $1.warnings[kind] }
      return count == 0 ? nil : "warning: \(Plural.count(count, "trip")) \(kind.meaning)"
    }
  }

  private var summary: String {
    guard let load = receipt.load else {
      return "nothing was committed; the lake is at snapshot \(receipt.snapshot)"
    }
    let rate = receipt.seconds > 0 ? Int(Double(receipt.stored) / receipt.seconds) : 0
    return [
      "load \(load): \(Plural.count(receipt.stored, "trip")) stored",
      "\(Plural.count(receipt.dataFileCount, "file")) of \(Plural.count(receipt.dataByteCount, "byte"))",
      "\(Plural.grouped(receipt.rejected)) rejected", "\(Plural.count(rate, "trip")) a second",
    ].joined(separator: ", ")
  }
}

/// How some files were read.
private struct Layout: Hashable {
  let definition: String
  let passedOver: [ByteString]

  var others: String {
    guard !passedOver.isEmpty else { return "" }
    let names = passedOver.map { $0.isEmpty ? "(no name)" : $0.displayText }
    return "; columns passed over: \(names.joined(separator: ", "))"
  }
}

extension RowWarnings.Kind {
  /// What trips with this warning are like.
  fileprivate var meaning: String {
    switch self {
    case .atZero: "stored with a place at (0, 0)"
    case .swapped: "stored whose x and y seem to be exchanged"
    case .farAway: "stored with a place far away from the others of the region"
    case .timeInGap: "stored at a later time: the clocks were put forward over the one given"
    case .timeInOverlap: "stored at the first of two times: the clocks showed it twice"
    case .endsBeforeStart: "stored that end before they start"
    }
  }
}
