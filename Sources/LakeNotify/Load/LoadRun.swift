internal import Glibc
internal import LakeBytes

/// One load as events tell it, from before its first byte to its outcome. Usable from several threads.
///
/// While it lives it holds `events/lock` shared, so that no other process takes the load for dead.
package final class LoadRun: Sendable {
  /// What is loaded.
  package struct Start: Sendable {
    /// `ingest`, `watch`.
    package let command: String
    package let paths: [String]
    /// Bytes of all inputs; `nil` where that is not known.
    package let totalByteCount: UInt64?

    package init(command: String, paths: [String], totalByteCount: UInt64?) {
      self.command = command
      self.paths = paths
      self.totalByteCount = totalByteCount
    }
  }

  /// The id of the event that began it.
  package let id: EventID
  private let publisher: EventPublisher
  private let claim: EventsClaim

  /// Derives what earlier processes could not tell any more, and tells that the load begins.
  package init(_ publisher: EventPublisher, _ start: Start) {
    self.publisher = publisher
    claim = EventsClaim(publisher)
    id = publisher.publish(Self.draft(start, announced: claim.announced)).id
  }

  package func progress(_ progress: ProgressReport, isLogged: Bool) {
    let data = JSONValue.object(progress.members).naming(run: id)
    publisher.publish(EventDraft(.loadProgress, data: data), isLogged: isLogged)
  }

  /// All of a file is read.
  package func fileDone(_ file: FileReport) {
    let data = JSONValue.object(file.members).naming(run: id)
    publisher.publish(EventDraft(.fileDone, data: data))
  }

  /// Tells how the load ended; nothing may be told of it afterwards.
  @discardableResult
  package func end(_ outcome: LoadOutcome) -> LakeEvent {
    let event = publisher.publish(outcome.draft(run: id))
    claim.release()
    return event
  }

  private static func draft(_ start: Start, announced: UInt64?) -> EventDraft {
    EventDraft(
      .loadStarted,
      data: [
        JSONMember("announced", .count(announced)),
        JSONMember("command", .string(start.command)),
        JSONMember("host", .text(hostName)),
        JSONMember("process", .count(getpid())),
        JSONMember("file_count", .count(start.paths.count)),
        JSONMember(
          "paths", .array(start.paths.prefix(EventDraft.pathLimit).map { .string($0) })),
        JSONMember("total_bytes", .count(start.totalByteCount)),
      ], isRun: true)
  }

  private static var hostName: String? {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return nil }
    return String(validating: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
