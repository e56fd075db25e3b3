internal import LakeIngest
internal import TripModel

/// What the errors of a load mean for a command.
extension CommandError {
  /// A failure that stopped the whole load.
  init(fromLoad error: any Error) {
    if let error = error as? IngestError {
      self.init(load: error, path: nil)
    } else {
      self = CommandError(from: error) ?? CommandError(internal: error)
    }
    if exitCode != .tryAgain || code == 3021 { unchanged = "nothing was committed" }
  }

  /// - Parameter path: The file that failed; `nil` where the load did.
  init(load error: IngestError, path: String?) {
    let (code, exitCode): (Int, ExitCode) =
      switch error.code {
      case .inputMissing: (2001, .inputMissing)
      case .inputUnreadable: (2002, .inputOutput)
      case .inputChanged: (2003, .badData)
      case .unsupportedText: (2004, .badData)
      case .missingColumn: (2005, .badData)
      case .noRecord: (2012, .badData)
      case .duplicateColumn: (2006, .badData)
      case .tooManyColumns: (2020, .badData)
      case .columnType: (2025, .badData)
      case .fileName: (2026, .badData)
      case .secondHeader: (2007, .badData)
      case .tooManyRejects: (2008, .badData)
      case .noStorableRow: (2009, .badData)
      case .tooManyPartitions: (2010, .badData)
      case .damagedCompression: (2019, .badData)
      case .duplicateRows: (2027, .badData)
      case .inputTaken: (2013, .tryAgain)
      case .otherDefinition: (2017, .badData)
      case .tooManyFiles: (2015, .usage)
      case .interrupted: (2014, Interruption.exitCode)
      case .invalidDefinition: (2016, .settings)
      case .unreadableReport: (4004, .damage)
      case .imbalance: (9002, .internalError)
      }
    self.init(code, exitCode, error.message)
    place = path.map { Place(path: $0) }
    switch error.code {
    case .duplicateRows: help = ["--duplicates drop leaves duplicates out, keep stores them"]
    case .tooManyRejects: help = ["--max-errors N or P% allows more"]
    case .missingColumn:
      help = [
        "triplake formats sniff --draft FILE drafts a definition; --input FILE.json loads by it"
      ]
    case .otherDefinition:
      help = ["leave it as it is, load it into another lake, or load it once more with --force"]
    case .inputTaken: help = ["repeat the same command"]
    default: break
    }
    if path != nil { unchanged = "nothing of this file was committed" }
  }

  /// One rejected record.
  init(reject: RejectedRecord) {
    self.init(reject.code.rawValue, .badData, reject.message)
    place = Place(
      path: reject.path, line: Int(clamping: reject.line), column: reject.lineColumn)
    let newline = UInt8(ascii: "\n")
    let line = Array(reject.raw.prefix { $0 != newline })
    excerpt = Excerpt(line: line, at: reject.lineColumn)
  }
}

extension CommandError.Excerpt {
  private static let widthLimit = 100

  /// The part of a line around a byte, counted from 1.
  init(line: [UInt8], at column: Int) {
    let fault = min(max(column - 1, 0), line.count)
    let start = fault > Self.widthLimit - 20 ? fault - 20 : 0
    let end = min(line.count, start + Self.widthLimit)
    let before = ByteString(bytes: Array(line[start..<fault])).displayText
    let after = ByteString(bytes: Array(line[fault..<end])).displayText
    let dots = (start > 0 ? "…" : "", end < line.count ? "…" : "")
    self.init(
      text: dots.0 + before + after + dots.1,
      column: AlignedTable.width(dots.0 + before) + 1)
  }
}
