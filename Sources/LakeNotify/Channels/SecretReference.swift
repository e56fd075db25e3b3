internal import LakeBytes

/// Where a secret stands: never in the settings themselves.
package enum SecretReference: Hashable, Sendable {
  case variable(String)
  case file(String)

  /// What finds secrets. Tests give their own.
  package struct Source: Sendable {
    package var variable: @Sendable (String) -> String?
    /// The text of a file; `nil` where it cannot be read.
    package var file: @Sendable (String) -> String?

    package init(
      variable: @escaping @Sendable (String) -> String?,
      file: @escaping @Sendable (String) -> String?
    ) {
      self.variable = variable
      self.file = file
    }
  }

  /// The secret, without the line end of a file.
  ///
  /// - Throws: `NotifyError.missingSecret`, naming the place and never the secret.
  func resolve(_ source: Source) throws(NotifyError) -> String {
    switch self {
    case .variable(let name):
      guard let text = source.variable(name), !text.isEmpty else {
        throw NotifyError(.missingSecret, "the environment variable \(name) is not set")
      }
      return text
    case .file(let path):
      let text = source.file(path).map { String($0.prefix { $0 != "\n" && $0 != "\r\n" }) } ?? ""
      guard !text.isEmpty else {
        throw NotifyError(.missingSecret, "the file \(path) cannot be read or is empty")
      }
      return text
    }
  }
}
