internal import LakeBench
internal import LakeBytes
internal import LakeExport
internal import LakeFile
internal import LakeNotify
internal import LakeQuery
internal import LakeSQL
internal import LakeStore
internal import TripModel

/// What the errors of the parts mean for a command: code, exit code, help.
extension CommandError {
  /// - Returns: `nil` for an error that no part of the program should let through: a bug.
  init?(from error: any Error) {
    switch error {
    case let error as CommandError: self = error
    case let error as StoreError: self.init(store: error)
    case let error as SystemError: self.init(store: StoreError(error))
    case let error as TripFileError: self.init(store: StoreError(error))
    case let error as QueryError: self.init(query: error)
    case let error as SQLError: self.init(sql: error)
    case let error as ExportError: self.init(export: error)
    case let error as TimeZoneError: self.init(zone: error)
    case let error as NotifyError: self.init(notify: error)
    case let error as BenchError: self.init(bench: error)
    case let error as SystemDoor.Failure: self.init(watched: error)
    case OutputError.failed(let reason, _):
      self.init(3052, .inputOutput, "the output cannot be written: \(reason)")
    default: return nil
    }
  }

  /// An error that ended work on a lake before, or at, its commit.
  init(fromCommit error: any Error) {
    self = CommandError(from: error) ?? CommandError(internal: error)
    if (error as? StoreError)?.code != .unknownCommitState { unchanged = "nothing was committed" }
  }

  init(internal error: any Error) {
    self.init(9001, .internalError, "this is a bug in triplake: \(error)")
    help = ["please report it with the command that led here"]
  }

  private init(store error: StoreError) {
    self.init(
      error.code.rawValue, ExitCode(rawValue: error.exitCode) ?? .internalError, error.message)
    place = error.path.isEmpty ? nil : Place(path: error.path)
    if let block = error.block { notes.append("block \(block)") }
    if let column = error.column { notes.append("column \(column)") }
    if let offset = error.offset { notes.append("byte \(offset)") }
    switch error.code {
    case .notALake: help = ["triplake init --lake DIR or ingest makes a lake"]
    case .damaged, .missingFile:
      help = ["triplake verify names every damage of the lake"]
      if error.path.hasSuffix(".man") {
        help.append("triplake repair --to SNAPSHOT goes back to an older snapshot")
      }
    case .tryAgain, .unknownCommitState:
      help = ["repeat the same command; what is already loaded is not loaded twice"]
    case .unknownLoad: help = ["triplake loads lists them"]
    case .unknownSnapshot: help = ["triplake snapshots lists them"]
    case .diskFull: help = ["free some space and repeat the command"]
    default: break
    }
  }

  init(query error: QueryError) {
    let (code, exitCode): (Int, ExitCode) =
      switch error.code {
      case .unknownRegion: (5001, .usage)
      case .unknownArea: (5002, .usage)
      case .emptyWeekRange: (5003, .usage)
      case .invalidAreas: (5004, .badData)
      case .tooManyGroups: (5005, .usage)
      case .notEnoughMemory: (5007, .usage)
      case .unknownColumn: (5011, .usage)
      case .invalidComparison: (5012, .usage)
      case .invalidAggregate: (5013, .usage)
      case .sumTooLarge: (5014, .usage)
      }
    self.init(code, exitCode, error.message)
    help = Self.suggestion(error.suggestions).map { [$0] } ?? []
    if error.code == .invalidComparison {
      help = ["column, one of = != < <= > >=, value; or column is null, column is not null"]
    }
    if error.code == .notEnoughMemory { help = ["allow more with --memory, or filter by --region"] }
  }

  private init(export error: ExportError) {
    let exitCode: ExitCode =
      switch error.code {
      case .targetRefused, .targetBusy, .cannotCreate: .cannotCreate
      case .inputOutput: .inputOutput
      case .notPermitted: .permission
      case .checkFailed: .internalError
      case .unknownState, .connectionFailed: .tryAgain
      case .missingLibrary: .settings
      case .badConnectionSettings, .secretInTheOpen: .usage
      }
    self.init(error.code.rawValue, exitCode, error.message)
    place = Place(path: error.path)
    if error.code != .unknownState { unchanged = "what stood there is as it was" }
    switch error.code {
    case .secretInTheOpen:
      help = ["put it into PGPASSWORD, ~/.pgpass (PGPASSFILE) or a service file (service=NAME)"]
    case .badConnectionSettings:
      help = ["postgresql://USER@HOST:PORT/DATABASE, or service=NAME of a service file"]
    case .unknownState, .connectionFailed: help = ["repeat the same command"]
    default: break
    }
  }

  private init(zone error: TimeZoneError) {
    self.init(3061, .settings, "the rules of the time zone cannot be read: \(error.message)")
    notes = ["byte \(error.offset)"]
  }
}
