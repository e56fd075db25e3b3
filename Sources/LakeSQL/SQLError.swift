/// Why a statement has no answer.
package struct SQLError: Error, Hashable, Sendable {
  package enum Code: String, Hashable, Sendable {
    /// The text is no SQL, or names something that is not there.
    case notUnderstood
    /// It would change something, or reach outside of the lake.
    case refused
    /// It was stopped from outside.
    case interrupted
    /// It went on for longer than allowed.
    case timedOut
    /// It failed on the way.
    case failed
  }

  package let code: Code
  /// One sentence for people, without a final full stop.
  package let message: String
  /// Where in the text, in bytes from its start.
  package var offset: Int?

  package init(_ code: Code, _ message: String, offset: Int? = nil) {
    self.code = code
    self.message = message
    self.offset = offset
  }
}
