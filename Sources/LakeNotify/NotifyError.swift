/// Why somebody could not be told, in one sentence.
package struct NotifyError: Error, Hashable, Sendable {
  package enum Code: Int, Hashable, Sendable, CaseIterable {
    /// `notify.json` cannot be used.
    case invalidSettings = 8002
    /// A secret is not where the settings say.
    case missingSecret = 8003
    /// libcurl is not installed.
    case missingLibrary = 8004
    /// The receiver cannot be reached, or refused.
    case notDelivered = 8005
    case unknownChannel = 8006
  }

  package let code: Code
  /// One sentence without a final full stop.
  package let message: String
  /// What an HTTP or SMTP server answered.
  package var status: Int?

  package init(_ code: Code, _ message: String, status: Int? = nil) {
    self.code = code
    self.message = message
    self.status = status
  }

  package var label: String { "TL-\(code.rawValue)" }
}
