/// A key of the terminal, as the line editor knows it.
enum Key: Hashable {
  case character(Character)
  case enter
  case left
  case right
  case up
  case down
  case home
  case end
  case backspace
  case delete
  /// Ctrl-K: all behind the cursor goes.
  case cutRight
  /// Ctrl-U: all before the cursor goes.
  case cutLeft
  /// Ctrl-W: the word before the cursor goes.
  case cutWord
  /// Ctrl-C.
  case cancel
  /// Ctrl-D: the end on an empty line, else as `delete`.
  case endOfInput
  case signal
  case unknown
}

extension Key {
  /// How long the rest of an escape sequence may take.
  private static let escapeMilliseconds: Int32 = 50

  /// The next key.
  static func read(_ terminal: TerminalDoor) -> Key {
    switch terminal.readByte() {
    case .end: .endOfInput
    case .signal: .signal
    case .byte(0x1b): escape(terminal)
    case .byte(let byte): key(of: byte, terminal)
    }
  }

  private static func key(of byte: UInt8, _ terminal: TerminalDoor) -> Key {
    switch byte {
    case 0x01: .home
    case 0x02: .left
    case 0x03: .cancel
    case 0x04: .endOfInput
    case 0x05: .end
    case 0x06: .right
    case 0x08, 0x7f: .backspace
    case 0x09: .character(" ")
    case 0x0a, 0x0d: .enter
    case 0x0b: .cutRight
    case 0x0e: .down
    case 0x10: .up
    case 0x15: .cutLeft
    case 0x17: .cutWord
    case ..<0x20: .unknown
    default: character(startingWith: byte, terminal)
    }
  }

  /// A character of UTF-8, whose other bytes are on their way.
  private static func character(startingWith first: UInt8, _ terminal: TerminalDoor) -> Key {
    var bytes = [first]
    let count = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
    while bytes.count < count, case .byte(let byte) = terminal.readByte(waiting: escapeMilliseconds)
    {
      bytes.append(byte)
    }
    guard let text = String(validating: bytes, as: UTF8.self), let character = text.first else {
      return .unknown
    }
    return .character(character)
  }

  /// What stands behind an escape: `[A` and the like, or `[3~`.
  private static func escape(_ terminal: TerminalDoor) -> Key {
    guard case .byte(let kind) = terminal.readByte(waiting: escapeMilliseconds),
      kind == UInt8(ascii: "[") || kind == UInt8(ascii: "O")
    else { return .unknown }
    var digits: [UInt8] = []
    while case .byte(let byte) = terminal.readByte(waiting: escapeMilliseconds) {
      guard (0x40...0x7e).contains(byte) else {
        digits.append(byte)
        continue
      }
      return arrow(byte, digits)
    }
    return .unknown
  }

  private static func arrow(_ byte: UInt8, _ digits: [UInt8]) -> Key {
    switch byte {
    case UInt8(ascii: "A"): return .up
    case UInt8(ascii: "B"): return .down
    case UInt8(ascii: "C"): return .right
    case UInt8(ascii: "D"): return .left
    case UInt8(ascii: "H"): return .home
    case UInt8(ascii: "F"): return .end
    case UInt8(ascii: "~"):
      switch digits {
      case Array("1".utf8), Array("7".utf8): return .home
      case Array("3".utf8): return .delete
      case Array("4".utf8), Array("8".utf8): return .end
      default: return .unknown
      }
    default: return .unknown
    }
  }
}
