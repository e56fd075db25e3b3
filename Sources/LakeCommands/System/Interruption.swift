internal import CLinux
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
    _ = pipeEnd.load(ordering: .relaxed)
    signal(SIGPIPE, SIG_IGN)
    for number in [SIGINT, SIGTERM] where !isIgnored(number) {
      signal(number) { number in
        let isFirst = Interruption.received.exchange(number, ordering: .sequentiallyConsistent) == 0
        Interruption.tell()
        guard isFirst, Interruption.isDeferred.load(ordering: .relaxed) else { _exit(128 + number) }
      }
    }
  }

  /// Becomes readable when a signal comes, or where one has come; -1 where the system has no pipe left. The first to ask makes it.
  static var descriptor: Int32 {
    if pipeEnd.load(ordering: .relaxed) < 0 { makePipe() }
    return pipeStart.load(ordering: .relaxed)
  }

  private static let pipeStart = Atomic<Int32>(-1)
  private static let pipeEnd = Atomic<Int32>(-1)

  private static func makePipe() {
    var ends: [Int32] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC | O_NONBLOCK) == 0 else { return }
    pipeStart.store(ends[0], ordering: .relaxed)
    pipeEnd.store(ends[1], ordering: .sequentiallyConsistent)
    // A signal that came before this found no pipe to write to.
    if received.load(ordering: .sequentiallyConsistent) != 0 { tell() }
  }

  private static func tell() {
    let end = pipeEnd.load(ordering: .sequentiallyConsistent)
    guard end >= 0 else { return }
    var byte: UInt8 = 0
    write(end, &byte, 1)
  }

  /// From now on the first signal only sets `isRequested`.
  static func deferToCommand() {
    isDeferred.store(true, ordering: .relaxed)
  }

  /// Takes back a signal that was acted upon, so that the next one is the first again.
  static func forget() {
    var bytes = [UInt8](repeating: 0, count: 16)
    while read(pipeStart.load(ordering: .relaxed), &bytes, bytes.count) > 0 {}
    received.store(0, ordering: .relaxed)
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
