/// Writes sections one after another and keeps their directory.
package struct SectionWriter: Sendable {
  private let base: Int
  private var writer = ByteWriter()
  private var entries: [SectionEntry] = []

  /// - Parameter base: The offset in the file of the first section.
  package init(base: Int) {
    self.base = base
  }

  /// Appends one section.
  ///
  /// - Precondition: (`kind`, `tag`) is greater than that of the section before.
  package mutating func append(
    kind: UInt16, tag: UInt32 = 0, isRequired: Bool = true, _ bytes: [UInt8]
  ) {
    precondition(entries.last.map { ($0.kind, $0.tag) < (kind, tag) } ?? (kind > 0))
    let start = base + writer.count
    writer.append(contentsOf: bytes)
    entries.append(
      SectionEntry(
        kind: kind, tag: tag, isRequired: isRequired, range: start..<start + bytes.count,
        digest: Checksum.xxh3_128(bytes)))
  }

  /// The sections so far, end to end.
  package var bytes: [UInt8] { writer.bytes }

  package var directory: SectionDirectory { SectionDirectory(entries: entries) }
}
