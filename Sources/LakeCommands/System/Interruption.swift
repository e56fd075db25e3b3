internal import Glibc
internal import Synchronization

/// What SIGINT and SIGTERM do: end the process at once, or ask a command that writes to stop and tidy up.
enum Interruption {
  /// The number of the first signal that came; 0 while none has.
  private static let received = Atomic<Int32>(0)
  private static let isDeferred = Atomic<Bool>(false)

  /// Takes over SIGINT and SIGTERM, and ignores SIGPIPE so that a closed pipe is an error of `write`.
  ///
  /// A second signal always ends the process at once; a lake stays whole under any kill.
  static func install() {
    // The variables exist before a handler may run.
    _ = received.load(ordering: .relaxed)
    _ = isDeferred.load(ordering: .relaxed)
    signal(SIGPIPE, SIG_IGN)
    for number in [SIGINT, SIGTERM] where !isIgnored(number) {
      signal(number) { number in
        let isFirst = Interruption.received.exchange(number, ordering: .relaxed) == 0
        guard isFirst, Interruption.isDeferred.load(ordering: .relaxed) else { _exit(128 + number) }
      }
    }
  }

  /// From now on the first signal only sets `isRequested`.
  static func deferToCommand() {
    isDeferred.store(true, ordering: .relaxed)
  }

  static var isRequested: Bool { received.load(ordering: .relaxed) != 0 }

  static var exitCode: ExitCode {
    received.load(ordering: .relaxed) == SIGTERM ? .terminated : .interrupted
  }

  /// Whether the parent asked for the signal to be ignored, as `nohup` and shells in the background do.
  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
