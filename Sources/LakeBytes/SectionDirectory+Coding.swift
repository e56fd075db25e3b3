extension SectionDirectory {
  private static let requiredFlag: UInt16 = 1

  /// Reads `entryCount` entries.
  ///
  /// - Parameter range: Where sections may lie. They follow each other without a gap and the last one
  ///   ends at its upper bound; the first may begin anywhere inside.
  /// - Throws: `ByteError.outOfRange` for a reserved kind, unknown flags, a wrong order, or a section that
  ///   overlaps another, leaves a gap or leaves the range; `ByteError.truncated`.
  package init(
    decoding cursor: inout ByteCursor, entryCount: Int, sectionsIn range: Range<Int>
  ) throws(ByteError) {
    var entries: [SectionEntry] = []
    entries.reserveCapacity(min(entryCount, cursor.remaining / SectionEntry.byteCount))
    for _ in 0..<entryCount {
      let entry = try Self.readEntry(&cursor, after: entries.last, sectionsIn: range)
      entries.append(entry)
    }
    guard (entries.last?.range.upperBound ?? range.upperBound) == range.upperBound else {
      throw ByteError(.outOfRange, at: cursor.offset, "there is a gap after the last section")
    }
    self.init(entries: entries)
  }

  private static func readEntry(
    _ cursor: inout ByteCursor, after previous: SectionEntry?, sectionsIn range: Range<Int>
  ) throws(ByteError) -> SectionEntry {
    let place = cursor.offset
    let kind = try cursor.read(UInt16.self)
    let flags = try cursor.read(UInt16.self)
    let tag = try cursor.read(UInt32.self)
    let offset = try cursor.read(UInt64.self)
    let byteCount = try cursor.read(UInt64.self)
    let digest = try cursor.readDigest()
    guard kind != 0, flags & ~requiredFlag == 0 else {
      throw ByteError(.outOfRange, at: place, "a section has kind \(kind) and flags \(flags)")
    }
    if let previous, (previous.kind, previous.tag) >= (kind, tag) {
      throw ByteError(.outOfRange, at: place, "section \(kind) is out of order")
    }
    guard let start = Int(exactly: offset), let length = Int(exactly: byteCount),
      start >= range.lowerBound, start <= range.upperBound, length <= range.upperBound - start,
      previous.map({ $0.range.upperBound == start }) ?? true
    else {
      throw ByteError(.outOfRange, at: place, "section \(kind) does not lie where it must")
    }
    return SectionEntry(
      kind: kind, tag: tag, isRequired: flags & requiredFlag != 0,
      range: start..<start + length, digest: digest)
  }

  package func encode(into writer: inout ByteWriter) {
    for entry in entries {
      writer.append(entry.kind)
      writer.append(entry.isRequired ? Self.requiredFlag : 0)
      writer.append(entry.tag)
      writer.append(UInt64(entry.range.lowerBound))
      writer.append(UInt64(entry.range.count))
      writer.append(entry.digest)
    }
  }

  /// Passes over unknown optional sections and refuses unknown required ones.
  ///
  /// - Throws: `ByteError.unsupported`, naming the kind.
  package func requireKnown(_ isKnown: (UInt16) -> Bool) throws(ByteError) {
    for entry in entries where entry.isRequired && !isKnown(entry.kind) {
      throw ByteError(
        .unsupported, at: entry.range.lowerBound,
        "section kind \(entry.kind) is required and unknown; a newer version of triplake wrote it")
    }
  }
}
