internal import LakeIngest
internal import LakeNotify
internal import LakeStore
internal import Synchronization

/// Runs a load and tells of it: on stderr and in the lake's event log.
struct LoadAnnouncer {
  private let lake: Lake
  private let paths: [String]
  private let display: ProgressDisplay
  private let run: LoadRun
  private let clock: ProgressClock

  /// Begins to tell of a load.
  ///
  /// - Parameter totalByteCount: Bytes of all inputs; `nil` where that is not known.
  init(
    _ lake: Lake, _ announcer: LakeAnnouncer, command: String, paths: [String],
    totalByteCount: UInt64?
  ) {
    self.lake = lake
    self.paths = paths
    display = announcer.display
    run = LoadRun(
      announcer.publisher, .init(command: command, paths: paths, totalByteCount: totalByteCount))
    clock = ProgressClock(totalByteCount: totalByteCount)
  }

  /// Does the load.
  ///
  /// - Throws: `CommandError` where the whole load failed.
  func run(_ options: LoadOptions) throws -> LoadReceipt {
    var options = options
    options.fileDone = { [run] receipt in run.fileDone(FileReport(receipt)) }
    let job = LoadJob(lake: lake, paths: paths, options: options) {
      [run, clock, display] progress in
      guard let (report, isLogged) = clock.report(progress) else { return }
      display.show(report)
      run.progress(report, isLogged: isLogged)
    }
    do {
      let receipt = try job.run()
      display.clear()
      run.end(LoadOutcome(receipt))
      return receipt
    } catch {
      display.clear()
      let failure = CommandError(fromLoad: error)
      // A load whose fate is unknown may be in the lake: the manifest will tell.
      if failure.code != 3020 { run.end(outcome(of: failure)) }
      throw failure
    }
  }

  private func outcome(of failure: CommandError) -> LoadOutcome {
    var outcome = LoadOutcome(.failed)
    outcome.files = paths.map { FileReport(path: $0, status: .failed) }
    outcome.error = EventError(code: failure.label, message: failure.message)
    outcome.seconds = clock.seconds
    return outcome
  }
}

/// Lets progress through a few times a second, with rate and time left.
final class ProgressClock: Sendable {
  private static let interval = 0.1
  private static let logInterval = 1.0

  private struct State: ~Copyable {
    var meter: ProgressMeter
    var lastTime = -1.0
    var lastLogTime = 0.0
    var lastPhase: LoadProgress.Phase?
  }

  private let start = SystemDoor.monotonicSeconds
  private let state: Mutex<State>

  init(totalByteCount: UInt64?) {
    state = Mutex(State(meter: ProgressMeter(totalByteCount: totalByteCount)))
  }

  var seconds: Double { SystemDoor.monotonicSeconds - start }

  /// - Returns: `nil` where the last report is too fresh; and whether it belongs in the log.
  func report(_ progress: LoadProgress) -> (ProgressReport, isLogged: Bool)? {
    state.withLock { state in
      let now = seconds
      let isNewPhase = progress.phase != state.lastPhase
      guard isNewPhase || now - state.lastTime >= Self.interval else { return nil }
      state.lastTime = now
      state.lastPhase = progress.phase
      let isLogged = now - state.lastLogTime >= Self.logInterval
      if isLogged { state.lastLogTime = now }
      let report = state.meter.report(
        ProgressReport.Phase(progress.phase), path: progress.path,
        doneByteCount: progress.doneByteCount, rowCount: progress.rowCount, seconds: now,
        writtenShare: progress.writtenShare)
      return (report, isLogged)
    }
  }
}
