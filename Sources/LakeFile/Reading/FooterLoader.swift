internal import LakeBytes
internal import TripModel

/// Opens a trip file: proves both ends, then the footer, then reads its sections.
struct FooterLoader {
  /// So much of a file's end is read at first; most footers lie in it.
  private static let firstReadByteCount = 16_384

  let source: any RandomAccessBytes
  let path: String

  func load(
    expecting: (byteCount: Int, footerDigest: Digest128)?
  ) throws(TripFileError) -> (TripFileFooter, Digest128) {
    let byteCount = source.byteCount
    if let expecting, expecting.byteCount != byteCount {
      throw TripFileError(
        .wrongSize, path: path,
        "the file has \(byteCount) bytes and not the \(expecting.byteCount) of the manifest")
    }
    guard byteCount >= FileFrame.headerByteCount + FileFrame.trailerByteCount else {
      throw TripFileError(
        .wrongSize, path: path, "\(byteCount) bytes are too few for a trip file")
    }
    try checkHeader()
    var base = max(0, byteCount - Self.firstReadByteCount)
    var tail = try read(base..<byteCount)
    let trailer = try readTrailer(tail, base: base)

    let directoryStart = try placeOfDirectory(trailer, byteCount: byteCount)
    if directoryStart < base {
      base = directoryStart
      tail = try read(base..<byteCount)
    }
    try checkDigest(tail, base: base, from: directoryStart, trailer, expecting?.footerDigest)
    let directory = try readDirectory(tail, base: base, from: directoryStart, trailer)

    let dictionaryKind = TripFileSection.dictionary.rawValue
    let first = directory.entries.first { $0.kind != dictionaryKind }
    if let start = first?.range.lowerBound, start < base {
      base = start
      tail = try read(base..<byteCount)
    }
    do {
      let footer = try TripFileFooter(
        directory, bytes: tail, base: base, fileByteCount: byteCount)
      return (footer, trailer.footerDigest)
    } catch {
      throw TripFileError(error, path: path)
    }
  }

  private func checkHeader() throws(TripFileError) {
    let bytes = try read(0..<FileFrame.headerByteCount)
    do {
      try FileFrame.checkHeader(bytes)
    } catch {
      throw TripFileError(frameError: error, path: path)
    }
  }

  private func readTrailer(_ tail: [UInt8], base: Int) throws(TripFileError) -> FileTrailer {
    let trailer: FileTrailer
    do {
      trailer = try FileTrailer(decoding: tail, base: base)
    } catch {
      throw TripFileError(frameError: error, path: path)
    }
    guard trailer.fileByteCount == UInt64(source.byteCount) else {
      throw TripFileError(
        .wrongSize, path: path,
        "the file has \(source.byteCount) bytes and not the \(trailer.fileByteCount) it names")
    }
    return trailer
  }

  private func placeOfDirectory(
    _ trailer: FileTrailer, byteCount: Int
  ) throws(TripFileError) -> Int {
    // A count below 2^32 times 40 cannot overflow.
    let directoryByteCount = Int(trailer.sectionCount) * SectionEntry.byteCount
    let end = byteCount - FileFrame.trailerByteCount
    guard directoryByteCount <= end - FileFrame.headerByteCount else {
      throw TripFileError(
        .malformed, path: path, offset: end,
        "there is no room for \(trailer.sectionCount) sections")
    }
    return end - directoryByteCount
  }

  private func checkDigest(
    _ tail: [UInt8], base: Int, from directoryStart: Int, _ trailer: FileTrailer,
    _ expected: Digest128?
  ) throws(TripFileError) {
    let digested =
      tail.count - FileFrame.trailerByteCount + FileFrame.digestedTrailerByteCount
    let digest = Checksum.xxh3_128(tail, range: directoryStart - base..<digested)
    guard digest == trailer.footerDigest else {
      throw TripFileError(
        .checksumMismatch, path: path, offset: directoryStart,
        "the footer differs from its digest")
    }
    guard expected == nil || expected == digest else {
      throw TripFileError(
        .wrongFooter, path: path, offset: directoryStart,
        "this is another file than the one that the manifest names")
    }
  }

  private func readDirectory(
    _ tail: [UInt8], base: Int, from directoryStart: Int, _ trailer: FileTrailer
  ) throws(TripFileError) -> SectionDirectory {
    do {
      var cursor = try ByteCursor(
        tail, range: directoryStart - base..<tail.count, base: base)
      return try SectionDirectory(
        decoding: &cursor, entryCount: Int(trailer.sectionCount),
        sectionsIn: FileFrame.headerByteCount..<directoryStart)
    } catch {
      throw TripFileError(error, path: path)
    }
  }

  private func read(_ range: Range<Int>) throws(TripFileError) -> [UInt8] {
    do {
      return try source.read(range)
    } catch {
      throw TripFileError(
        .readFailed, path: path, offset: range.lowerBound, "reading failed: \(error)",
        underlying: error)
    }
  }
}

extension TripFileError {
  /// An error in the bytes at the ends of a file, where `unsupported` means the version.
  fileprivate init(frameError error: ByteError, path: String) {
    if error.code == .unsupported {
      self.init(.unsupportedVersion, path: path, offset: error.offset, error.message)
    } else {
      self.init(error, path: path)
    }
  }
}
