internal import LakeBytes
package import LakeFile
internal import TripModel

extension Manifest {
  /// Opens a manifest: proves header, directory, trailer and every section that each query uses, and that its
  /// numbers agree with each other. What else there is, is proven when it is asked for.
  ///
  /// - Parameters:
  ///   - version: The version that the file's name says; `nil` takes any.
  ///   - lakeID: The lake the manifest must belong to; `nil` takes any.
  /// - Throws: `StoreError.damaged`, `.unsupportedFormat`, `.inputOutput`.
  /// - Complexity: O(files), about a tenth of a microsecond each.
  package init(
    opening source: any RandomAccessBytes, path: String, version: UInt64? = nil,
    lakeID: LakeID? = nil
  ) throws(StoreError) {
    let reader = ManifestReader(source: source, path: path)
    let header = try reader.readHeader()
    if let version, header.value.version != version {
      throw StoreError(
        .damaged, path: path, offset: 16,
        "the manifest is of version \(header.value.version), its name says \(version)")
    }
    if let lakeID, header.value.lakeID != lakeID {
      throw StoreError(.damaged, path: path, offset: 24, "the manifest belongs to another lake")
    }
    let sections = try reader.readDirectory(header.value)
    let totals = try sections.decode(.totals, ManifestTotals.init(decoding:))
    let regions = try sections.decodeTable(.regions)
    let sources = try sections.decodeTable(.sources)
    let files = try FileColumns(
      reading: sections, fileCount: totals.fileCount, regionCount: regions.count)
    try files.check(totals: totals, path: path)
    self.init(
      version: header.value.version, lakeID: header.value.lakeID,
      parentDigest: header.value.parentDigest, digest: header.digest,
      schema: try sections.decode(.schema, TripSchema.init(decoding:)), totals: totals,
      regions: regions, sources: sources, files: files, sections: sections)
  }
}

/// Reads the parts of a manifest in order.
private struct ManifestReader {
  let source: any RandomAccessBytes
  let path: String

  func readHeader() throws(StoreError) -> (value: ManifestHeader, digest: Digest128) {
    let bytes = try read(0..<min(source.byteCount, ManifestHeader.byteCount))
    do throws(ByteError) {
      let header = try ManifestHeader(decoding: bytes, fileByteCount: source.byteCount)
      return (header, Checksum.xxh3_128(bytes))
    } catch {
      throw StoreError(error, path: path)
    }
  }

  func readDirectory(_ header: ManifestHeader) throws(StoreError) -> ManifestSections {
    let end = source.byteCount - ManifestHeader.trailerByteCount
    let bytes = try read(ManifestHeader.byteCount..<header.bodyStart)
    let trailer = try read(end..<source.byteCount)
    do throws(ByteError) {
      guard trailer == ManifestHeader.trailer(fileByteCount: source.byteCount) else {
        throw ByteError(.truncated, at: end, "the file does not end as a manifest does")
      }
      guard Checksum.xxh3_128(bytes) == header.directoryDigest else {
        throw ByteError(
          .checksumMismatch, at: ManifestHeader.byteCount,
          "the section directory differs from its digest")
      }
      var cursor = ByteCursor(bytes, base: ManifestHeader.byteCount)
      let directory = try SectionDirectory(
        decoding: &cursor, entryCount: Int(header.sectionCount),
        sectionsIn: header.bodyStart..<end)
      guard directory.entries.first.map({ $0.range.lowerBound == header.bodyStart }) ?? false
      else {
        throw ByteError(
          .outOfRange, at: header.bodyStart, "there is a gap before the first section")
      }
      try directory.requireKnown { ManifestSectionKind(rawValue: $0) != nil }
      return ManifestSections(source: source, path: path, directory: directory)
    } catch {
      throw StoreError(error, path: path)
    }
  }

  private func read(_ range: Range<Int>) throws(StoreError) -> [UInt8] {
    do {
      return try source.read(range)
    } catch let error as StoreError {
      throw error
    } catch {
      throw StoreError(.inputOutput, path: path, "cannot read the manifest: \(error)")
    }
  }
}

extension ManifestSections {
  /// Reads a section whole; bytes left over are damage.
  func decode<Value>(
    _ kind: ManifestSectionKind, _ body: (inout ByteCursor) throws(ByteError) -> Value
  ) throws(StoreError) -> Value {
    let (bytes, base) = try load(kind)
    do throws(ByteError) {
      var cursor = ByteCursor(bytes, base: base)
      let value = try body(&cursor)
      try cursor.expectEnd()
      return value
    } catch {
      throw StoreError(error, path: path)
    }
  }

  func decodeTable(_ kind: ManifestSectionKind) throws(StoreError) -> StringTable {
    let (bytes, base) = try load(kind)
    do throws(ByteError) {
      return try StringTable(decoding: bytes, base: base)
    } catch {
      throw StoreError(error, path: path)
    }
  }
}
