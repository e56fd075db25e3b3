/// One section of a file: what it is, where it lies, and the digest of its bytes.
///
/// ```
///  0        2        4            8             16            24                            40
///  +--------+--------+------------+-------------+-------------+-----------------------------+
///  | kind   | flags  | tag        | offset      | byte count  | XXH3-128, low half first    |
///  +--------+--------+------------+-------------+-------------+-----------------------------+
/// ```
///
/// Format: `formats/README.md`, "Section directories".
package struct SectionEntry: Hashable, Sendable {
  package static let byteCount = 40

  /// What the section holds; 0 is reserved.
  package let kind: UInt16
  /// Tells sections of one kind apart, such as the dictionaries of several columns; otherwise 0.
  package let tag: UInt32
  /// A reader that does not know a required section's kind must refuse the file.
  package let isRequired: Bool
  /// Where the section lies, in bytes from the start of the file.
  package let range: Range<Int>
  package let digest: Digest128

  package init(kind: UInt16, tag: UInt32, isRequired: Bool, range: Range<Int>, digest: Digest128) {
    self.kind = kind
    self.tag = tag
    self.isRequired = isRequired
    self.range = range
    self.digest = digest
  }

  /// A cursor over the section, once its digest is proven.
  ///
  /// - Parameters:
  ///   - bytes: A part of the file that holds the whole section.
  ///   - base: The offset of `bytes[0]` in the file.
  /// - Throws: `ByteError.truncated` where the section is not inside `bytes`,
  ///   `ByteError.checksumMismatch` where its digest differs.
  package func cursor(in bytes: [UInt8], base: Int) throws(ByteError) -> ByteCursor {
    guard range.lowerBound >= base, range.upperBound - base <= bytes.count else {
      throw ByteError(.truncated, at: base + bytes.count, "section \(kind) lies beyond the end")
    }
    let local = range.lowerBound - base..<range.upperBound - base
    guard Checksum.xxh3_128(bytes, range: local) == digest else {
      throw ByteError(
        .checksumMismatch, at: range.lowerBound, "section \(kind) differs from its digest")
    }
    return try ByteCursor(bytes, range: local, base: base)
  }
}

/// The sections of a file, ascending by kind and tag, each beginning where the one before ends.
package struct SectionDirectory: Hashable, Sendable {
  package let entries: [SectionEntry]

  package init(entries: [SectionEntry]) {
    self.entries = entries
  }

  package var byteCount: Int { entries.count * SectionEntry.byteCount }

  /// The section of this kind and tag; `nil` where the file has none.
  package func entry(kind: UInt16, tag: UInt32 = 0) -> SectionEntry? {
    entries.first { $0.kind == kind && $0.tag == tag }
  }
}
