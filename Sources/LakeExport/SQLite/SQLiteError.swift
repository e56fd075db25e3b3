/// What SQLite says went wrong.
package struct SQLiteError: Error, Hashable, Sendable {
  /// SQLite's extended result code; its low byte is the primary one.
  package let code: Int32
  package let message: String

  package init(code: Int32, message: String) {
    self.code = code
    self.message = message
  }

  package var primaryCode: Int32 { code & 0xff }
}
