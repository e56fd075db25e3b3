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

  private let style: Style
  private let start = SystemDoor.monotonicSeconds
  private let write: @Sendable (String) -> Void
  private let state = Monitor(State())

  init(mode: ProgressMode, _ environment: CommandEnvironment) {
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

  private func line(_ progress: LoadProgress, seconds: Double) -> String {
    let rate = seconds > 0 ? Double(progress.doneByteCount) / seconds : 0
    var parts = [progress.phase.rawValue]
    if progress.totalByteCount > 0 {
      let percent = min(100, progress.doneByteCount * 100 / progress.totalByteCount)
      parts.append("\(percent)%")
    }
    parts.append("\(progress.doneByteCount >> 20) MB")
    parts.append("\(progress.rowCount) rows")
    parts.append("\(Int(rate) >> 20) MB/s")
    if progress.totalByteCount > progress.doneByteCount, rate > 0 {
      let left = Double(progress.totalByteCount - progress.doneByteCount) / rate
      parts.append("\(Int(left.rounded(.up))) s left")
    }
    if progress.phase == .reading { parts.append(ByteString(progress.path).displayText) }
    return parts.joined(separator: "  ")
  }

  private func json(_ progress: LoadProgress, seconds: Double) -> String {
    var writer = JSONWriter(.compact)
    writer.beginObject()
    writer.member("type", "load.progress")
    writer.member("phase", progress.phase.rawValue)
    writer.member("path", progress.path)
    writer.member("done_bytes", progress.doneByteCount)
    writer.member("total_bytes", progress.totalByteCount)
    writer.member("rows", progress.rowCount)
    writer.member("seconds", (seconds * 1000).rounded() / 1000)
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
