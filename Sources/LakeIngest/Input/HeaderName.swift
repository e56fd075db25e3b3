internal import TripModel

/// How names of a header are compared.
enum HeaderName {
  /// The name without the blanks around it, in lower case (ASCII letters alone).
  static func normalized(_ name: ByteString) -> ByteString {
    ByteString(bytes: trimmed(name).bytes.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 })
  }

  /// The name without the blanks around it.
  static func trimmed(_ name: ByteString) -> ByteString {
    let isBlank: (UInt8) -> Bool = { $0 == Ascii.space || $0 == Ascii.tab }
    return ByteString(
      bytes: name.bytes.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}
