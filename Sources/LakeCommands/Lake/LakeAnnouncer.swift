internal import LakeNotify
internal import LakeStore

/// Tells of what happens to a lake: its event log, stderr, and the channels of its settings. One for a command.
final class LakeAnnouncer {
  let publisher: EventPublisher
  let display: ProgressDisplay
  private let courier: Courier?
  private let environment: CommandEnvironment
  private let raw: RawOptions

  init(
    _ lake: Lake, _ display: ProgressDisplay, _ environment: CommandEnvironment, _ raw: RawOptions
  ) {
    self.display = display
    self.environment = environment
    self.raw = raw
    let log = EventLog(lake)
    let courier = NotifyChannels.courier(log, environment)
    courier?.start()
    self.courier = courier
    let warn = environment.warnOfLog
    publisher = EventPublisher(
      log, listeners: [{ display.show($0) }, { courier?.note($0) }],
      didFail: { error in
        display.clear()
        warn(error)
      })
  }

  deinit {
    courier?.finish()
  }

  /// Nothing more happens: waits a little for the channels.
  func finish() {
    courier?.finish()
  }

  /// A line for people.
  func tell(_ line: String) {
    display.clear()
    if !raw.has("quiet") { environment.say(line) }
  }

  func report(_ error: CommandError) {
    display.clear()
    environment.report(error, raw)
  }
}
