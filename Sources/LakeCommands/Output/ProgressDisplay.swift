internal import LakeNotify
internal import LakeStore
internal import TripModel

enum ProgressMode: String, CaseIterable {
  case auto
  case always
  case never
  case ndjson
}

/// Tells on stderr how far a load has come; safe to call from several threads.
final class ProgressDisplay: Sendable {
  private enum Style {
    case none
    /// One line that is written over.
    case terminal(width: Int)
    /// One line a second.
    case lines
    /// The events themselves.
    case ndjson
  }

  private struct State {
    var lastLineTime = -1.0
    var lastPhase: ProgressReport.Phase?
    var isLineOpen = false
  }

  private static let lineInterval = 1.0

  private let style: Style
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

  /// For programs: every event of the load.
  func show(_ event: LakeEvent) {
    guard case .ndjson = style else { return }
    state.withLock { _ in write(String(decoding: event.line, as: UTF8.self) + "\n") }
  }

  /// For people: a line.
  func show(_ report: ProgressReport) {
    state.withLock { state in
      switch style {
      case .none, .ndjson: break
      case .terminal(let width):
        let line = ProgressLine(report).text(width: max(1, width - 1))
        write("\r\(line)\u{1b}[K")
        state.isLineOpen = true
      case .lines:
        let isDue =
          report.phase != state.lastPhase
          || report.seconds - state.lastLineTime >= Self.lineInterval
        guard isDue else { return }
        state.lastLineTime = report.seconds
        state.lastPhase = report.phase
        write(ProgressLine(report).text + "\n")
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
}
