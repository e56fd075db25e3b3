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
      lines.append("\(count) rejected; they are in \(path), ready to be mended")
    } else if hidden > 0 {
      let count = Plural.count(receipt.rejected, "record")
      lines.append("\(count) rejected; --verbose shows more of them")
    }
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
