/// The second byte of a page. Unknown flags are refused.
struct PageFlags: OptionSet {
  let rawValue: UInt8

  /// A validity bitmap follows; only the values of valid rows are stored.
  static let hasNulls = PageFlags(rawValue: 1)
  /// The body is a Zstandard frame, after its real size.
  static let isCompressed = PageFlags(rawValue: 2)

  static let known: PageFlags = [.hasNulls, .isCompressed]
}
