internal import Glibc

/// The terminal behind standard input, key by key: the one place for the calls that this takes.
final class TerminalDoor {
  private var usual = termios()
  private var isRaw = false
  private var pending: [UInt8] = []
  private var position = 0

  /// What `readByte` met.
  enum Event: Hashable {
    case byte(UInt8)
    /// No more will come.
    case end
    /// SIGINT or SIGTERM came.
    case signal
  }

  /// From now on keys come one by one and are not shown. `leave` must follow.
  func enter() {
    guard !isRaw, tcgetattr(0, &usual) == 0 else { return }
    var raw = usual
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
    raw.c_iflag &= ~tcflag_t(IXON | ICRNL)
    isRaw = tcsetattr(0, TCSADRAIN, &raw) == 0
  }

  /// Gives the terminal back as it was.
  func leave() {
    guard isRaw else { return }
    tcsetattr(0, TCSADRAIN, &usual)
    isRaw = false
  }

  /// - Parameter milliseconds: How long to wait at most; -1 for ever. `end` where that was too short.
  func readByte(waiting milliseconds: Int32 = -1) -> Event {
    if position < pending.count {
      position += 1
      return .byte(pending[position - 1])
    }
    var requests = [
      pollfd(fd: 0, events: Int16(POLLIN), revents: 0),
      pollfd(fd: Interruption.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    while true {
      let count = poll(&requests, nfds_t(requests.count), milliseconds)
      if count < 0, errno == EINTR { continue }
      if requests[1].revents & Int16(POLLIN) != 0 { return .signal }
      guard count > 0 else { return .end }
      var piece = [UInt8](repeating: 0, count: 4096)
      let received = read(0, &piece, piece.count)
      if received < 0, errno == EINTR { continue }
      guard received > 0 else { return .end }
      pending = Array(piece[..<received])
      position = 1
      return .byte(pending[0])
    }
  }

  func write(_ text: String) {
    // A terminal that takes no more has no other place for what was typed.
    try? SystemDoor.write(Array(text.utf8), to: 1)
  }

  var width: Int { SystemDoor.terminalWidth(1) ?? 80 }
}
