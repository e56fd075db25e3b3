/// How a command ended, as the shell sees it.
package enum ExitCode: Int32, Hashable, Sendable, CaseIterable {
  case done = 0
  /// A check failed, or nothing was found where `--fail-if-empty` asks.
  case nothingFound = 1
  case usage = 2
  case committedWithRejects = 3
  /// Bad data; nothing was committed.
  case badData = 65
  case inputMissing = 66
  /// A bug.
  case internalError = 70
  case cannotCreate = 73
  case inputOutput = 74
  /// Another writer was in the way, or whether the commit landed is unknown: the same command again helps.
  case tryAgain = 75
  case damage = 76
  case permission = 77
  case settings = 78
  case interrupted = 130
  case terminated = 143

  package var meaning: String {
    switch self {
    case .done: "done; also: the input was already loaded"
    case .nothingFound: "a check failed, or nothing was found where --fail-if-empty asks"
    case .usage: "the command line cannot be understood, or names something that is not there"
    case .committedWithRejects: "committed, but some rows or files were refused"
    case .badData: "the input is bad; nothing was committed"
    case .inputMissing: "an input or the lake is missing"
    case .internalError: "a bug in triplake"
    case .cannotCreate: "an output cannot be created"
    case .inputOutput: "an I/O error, a full disk, or a read-only file system"
    case .tryAgain: "another writer was in the way or the outcome is unknown; repeat the command"
    case .damage: "the lake is damaged"
    case .permission: "permission denied"
    case .settings: "the settings cannot be used"
    case .interrupted: "interrupted (Ctrl-C); nothing was committed"
    case .terminated: "terminated; nothing was committed"
    }
  }
}
