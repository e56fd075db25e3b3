/// What libpq or the server says went wrong.
struct PostgresError: Error, Hashable, Sendable {
  enum Code: Sendable {
    case missingLibrary
    case passwordInSettings
    case badSettings
    /// No connection came about.
    case noConnection
    /// A connection that was there broke.
    case connectionLost
    /// The server refused a statement.
    case failed
    /// A value that PostgreSQL cannot hold.
    case badValue
  }

  let code: Code
  let message: String
  /// The five letters of SQL for it, where the server gave them.
  let state: String

  init(_ code: Code, _ message: String, state: String = "") {
    self.code = code
    self.message = message
    self.state = state
  }
}

extension ExportError {
  /// What a failure of PostgreSQL means for the export to `target`.
  init(_ error: PostgresError, target: String) {
    let code: Code =
      switch error.code {
      case .missingLibrary: .missingLibrary
      case .passwordInSettings: .secretInTheOpen
      case .badSettings: .badConnectionSettings
      case .noConnection, .connectionLost: .connectionFailed
      case .badValue: .checkFailed
      case .failed: Self.code(ofState: error.state)
      }
    self.init(code, path: target, error.message)
  }

  /// Classes of SQLSTATE: appendix A of PostgreSQL's manual.
  private static func code(ofState state: String) -> Code {
    switch state.prefix(2) {
    case "28": .notPermitted
    case "53", "58": .inputOutput
    case "40", "55": .targetBusy
    case "42" where state == "42501": .notPermitted
    // A table that is not ours has the name, or something of the user's depends on ours.
    case "42", "2B", "3F": .targetRefused
    case "57", "08": .connectionFailed
    default: .checkFailed
    }
  }
}
