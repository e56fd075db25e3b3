/// The name of a time zone, such as `Europe/Prague`, as it may be joined to the folder of zone files.
package struct ZoneName: Hashable, Sendable {
  package let text: String

  package static let utc = ZoneName(checked: "UTC")

  /// The name, or `nil` where it could lead out of the folder: parts of ASCII letters, digits, `_`, `+` and
  /// `-` joined by single slashes, at most 255 bytes.
  package init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard text.utf8.count <= 255, parts.allSatisfy({ Self.isPart($0) }) else { return nil }
    self.text = text
  }

  private init(checked text: String) {
    self.text = text
  }

  private static func isPart(_ part: Substring.UTF8View) -> Bool {
    !part.isEmpty
      && part.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"),
          UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}
