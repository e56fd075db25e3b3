internal import LakeBytes
package import LakeStore

/// How a load ended.
package struct LoadOutcome: Hashable, Sendable {
  package enum Status: String, Hashable, Sendable {
    case committed
    case committedWithRejects = "committed_with_rejects"
    case alreadyLoaded = "already_loaded"
    case failed

    var eventType: EventType {
      switch self {
      case .committed: .loadCommitted
      case .committedWithRejects: .loadCommittedWithRejects
      case .alreadyLoaded: .duplicateFile
      case .failed: .loadFailed
      }
    }
  }

  /// Files told in one event.
  static let fileLimit = 1000

  package var status: Status
  /// The load's number; `nil` where nothing was committed.
  package var load: UInt64?
  /// The lake's version afterwards; `nil` where it is not known.
  package var snapshot: UInt64?
  package var files: [FileReport] = []
  package var stored: UInt64 = 0
  package var duplicates: UInt64 = 0
  package var rejected: UInt64 = 0
  package var rejectReport: ReportReference?
  package var duplicateReport: ReportReference?
  package var dataFileCount = 0
  package var dataByteCount = 0
  package var seconds = 0.0
  /// What stopped the whole load.
  package var error: EventError?
  /// Whether it is told afterwards by another process.
  var isDerived = false

  package init(_ status: Status) {
    self.status = status
  }

  /// The event that tells it, as part of a run.
  func draft(run: EventID?) -> EventDraft {
    EventDraft(status.eventType, load: load, data: JSONValue.object(members).naming(run: run))
  }

  private var members: [JSONMember] {
    [
      JSONMember("status", .string(status.rawValue)),
      JSONMember("snapshot", .count(snapshot)),
      JSONMember("file_count", .count(files.count)),
      JSONMember("files", .array(toldFiles.map { .object($0.members) })),
      JSONMember("stored", .count(stored)),
      JSONMember("duplicates", .count(duplicates)),
      JSONMember("rejected", .count(rejected)),
      JSONMember("rejects", Self.json(rejectReport)),
      JSONMember("duplicates_report", Self.json(duplicateReport)),
      JSONMember("data_files", .count(dataFileCount)),
      JSONMember("data_bytes", .count(dataByteCount)),
      JSONMember("seconds", .thousandths(seconds)),
      JSONMember("error", error?.json ?? .null),
      JSONMember("derived", .bool(isDerived)),
    ]
  }

  private static func json(_ report: ReportReference?) -> JSONValue {
    guard let report else { return .null }
    return .object([
      JSONMember("path", .string(report.path.text)),
      JSONMember("bytes", .count(report.byteCount)),
    ])
  }

  /// All files, or the first of them with those that are not simply loaded before the others.
  private var toldFiles: [FileReport] {
    guard files.count > Self.fileLimit else { return files }
    let special = files.filter { $0.status != .loaded }
    return Array((special + files.filter { $0.status == .loaded }).prefix(Self.fileLimit))
  }
}
