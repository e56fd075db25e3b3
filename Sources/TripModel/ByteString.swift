/// Text as the bytes it came in: region and source names.
///
/// Compared, hashed and ordered as unsigned bytes. `String` is not used for names in a lake, because it
/// takes canonically equivalent spellings (`é` composed and decomposed) for the same value.
package struct ByteString: Hashable, Sendable {
  package let bytes: [UInt8]

  package init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  package init(_ text: String) {
    bytes = Array(text.utf8)
  }

  package var isEmpty: Bool { bytes.isEmpty }

  package var byteCount: Int { bytes.count }
}

extension ByteString: Comparable {
  package static func < (left: ByteString, right: ByteString) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

extension ByteString: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) {
    self.init(value)
  }
}

extension ByteString {
  /// The name as text for people: control characters, direction overrides and bytes that are not UTF-8
  /// are written as `\xNN`, so that a name can neither move the cursor nor hide.
  package var displayText: String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return bytes.reduce(into: "") { result, byte in
        if (0x20..<0x7f).contains(byte) {
          result.unicodeScalars.append(Unicode.Scalar(byte))
        } else {
          result += Self.escape(byte)
        }
      }
    }
    return text.unicodeScalars.reduce(into: "") { result, scalar in
      if scalar.properties.generalCategory.isVisible {
        result.unicodeScalars.append(scalar)
      } else {
        result += String(scalar).utf8.map(Self.escape).joined()
      }
    }
  }

  /// The bytes as text, or `nil` where they are not valid UTF-8.
  package var text: String? { String(validating: bytes, as: UTF8.self) }

  private static func escape(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "\\x0\(digits)" : "\\x\(digits)"
  }
}

extension Unicode.GeneralCategory {
  fileprivate var isVisible: Bool {
    switch self {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      false
    default: true
    }
  }
}
