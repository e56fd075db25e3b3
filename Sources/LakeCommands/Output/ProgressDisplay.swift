internal import LakeBytes
internal import LakeIngest
internal import LakeStore
internal import TripModel

enum ProgressMode: String, CaseIterable {
  case auto
  case always
  case never
  case ndjson
}

/// Tells how far a load has come, a few times a second; safe to call from several threads.
final class ProgressDisplay: Sendable {
  private enum Style {
    case none
    /// One line that is written over.
    case terminal(width: Int)
    /// One line a second.
    case lines
    case ndjson
  }

  private struct State {
    var lastTime = -1.0
    var lastPhase: LoadProgress.Phase?
    var isLineOpen = false
  }

  /// The share of the whole at which all input is read, and at which the commit begins.
  private static let readShare = 0.9
  private static let commitShare = 0.97

  private let style: Style
  /// Bytes of all inputs; 0 where that is not known.
  private let totalByteCount: UInt64
  private let start = SystemDoor.monotonicSeconds
  private let write: @Sendable (String) -> Void
  private let state = Monitor(State())

  init(mode: ProgressMode, totalByteCount: UInt64, _ environment: CommandEnvironment) {
    self.totalByteCount = totalByteCount
    write = environment.tellProgress
    let isTerminal =
      environment.isMessagesTerminal && environment.variables("TERM") != "dumb"
    switch mode {
    case .never: style = .none
    case .ndjson: style = .ndjson
    case .auto: style = isTerminal ? .terminal(width: environment.terminalWidth) : .none
    case .always: style = isTerminal ? .terminal(width: environment.terminalWidth) : .lines
    }
  }

  func show(_ progress: LoadProgress) {
    if case .none = style { return }
    let now = SystemDoor.monotonicSeconds - start
    state.withLock { state in
      guard now - state.lastTime >= interval || progress.phase != state.lastPhase else { return }
      state.lastTime = now
      state.lastPhase = progress.phase
      switch style {
      case .none: break
      case .terminal(let width):
        let line = line(progress, seconds: now).prefix(max(1, width - 1))
        write("\r\(line)\u{1b}[K")
        state.isLineOpen = true
      case .lines: write(line(progress, seconds: now) + "\n")
      case .ndjson: write(json(progress, seconds: now) + "\n")
      }
    }
  }

  /// Takes the line away again.
  func clear() {
    state.withLock { state in
      if state.isLineOpen { write("\r\u{1b}[K") }
      state.isLineOpen = false
    }
  }

  private var interval: Double {
    if case .lines = style { 1 } else { 0.1 }
  }

  /// How much of the whole is done, from 0 to 1; `nil` where the size of the input is not known.
  private func share(_ progress: LoadProgress) -> Double? {
    guard totalByteCount > 0 else { return nil }
    if progress.phase == .committing { return Self.commitShare }
    return Self.readShare * min(1, Double(progress.doneByteCount) / Double(totalByteCount))
  }

  private func line(_ progress: LoadProgress, seconds: Double) -> String {
    let share = share(progress)
    var parts = [progress.phase.rawValue]
    if let share { parts.append("\(Int(share * 100))%") }
    parts.append("\(progress.doneByteCount >> 20) MB, \(Plural.count(progress.rowCount, "row"))")
    if progress.phase == .reading {
      if seconds > 0 { parts.append("\(Int(Double(progress.doneByteCount) / seconds) >> 20) MB/s") }
      if let share, share > 0 {
        parts.append("\(Int((seconds * (1 - share) / share).rounded(.up))) s left")
      }
      parts.append(ByteString(progress.path).displayText)
    }
    return parts.joined(separator: "  ")
  }

  private func json(_ progress: LoadProgress, seconds: Double) -> String {
    var writer = JSONWriter(.compact)
    writer.beginObject()
    writer.member("type", "load.progress")
    writer.member("phase", progress.phase.rawValue)
    writer.member("path", progress.path)
    writer.member("done_bytes", progress.doneByteCount)
    writer.member("total_bytes", totalByteCount)
    writer.member("share", share(progress).map { ($0 * 1000).rounded() / 1000 })
    writer.member("rows", progress.rowCount)
    writer.member("seconds", (seconds * 1000).rounded() / 1000)
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
