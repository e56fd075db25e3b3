/// How records and fields are told apart.
struct CSVDialect: Sendable, Hashable {
  let delimiter: UInt8
  /// A record that begins with this byte is a comment: its line.
  var comment: UInt8?
  /// Whether a record may have fewer fields than the header, or more of which the surplus is empty.
  var isRagged = false
}
