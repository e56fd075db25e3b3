/// Why an export did not happen, or cannot be known to have happened.
package struct ExportError: Error, Hashable, Sendable {
  package enum Code: Int, Sendable {
    /// The target may not be replaced: a directory, a link, no database, or one with a journal.
    case targetRefused = 6001
    /// Another program is using the target, or writing it at this moment.
    case targetBusy = 6002
    /// The file beside the target, or its folder, cannot be opened or made.
    case cannotCreate = 6003
    /// A system call on the new database failed: no space left, an I/O error.
    case inputOutput = 6004
    case notPermitted = 6005
    /// The database was written, but reading it back found a fault.
    case checkFailed = 6006
    /// The new database is in place, but the folder could not be synced: a power cut may bring back
    /// the old one.
    case unknownState = 6007
    /// A library that is opened at first use is not there.
    case missingLibrary = 6008
    /// Connection settings that libpq cannot read.
    case badConnectionSettings = 6009
    /// A password stands where other users of the machine can read it.
    case secretInTheOpen = 6010
    /// No connection to the server, or one that broke.
    case connectionFailed = 6011
  }

  package let code: Code
  /// The file, or the schema and database.
  package let path: String
  /// One sentence for people, without a final full stop.
  package let message: String

  package init(_ code: Code, path: String, _ message: String) {
    self.code = code
    self.path = path
    self.message = message
  }
}
