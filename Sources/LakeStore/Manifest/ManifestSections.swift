internal import LakeBytes
internal import LakeFile

/// What a section of a manifest holds. The raw value is its code on disk; 0 is reserved.
enum ManifestSectionKind: UInt16, CaseIterable {
  case totals = 1
  case schema = 2
  case regions = 3
  case sources = 4
  case filePartitions = 5
  case fileSizes = 6
  case fileTimes = 7
  case fileExtents = 8
  case fileNames = 9
  case sourceStatistics = 10
  case inputs = 11
  case loads = 12
  // Reserved: 13 deleted-row bitmap, 14 row-hash filter.
  case routes = 15
  case areas = 16
  case regionSources = 17

  /// Whether every manifest has the section, and readers must know it.
  var isRequired: Bool { self != .areas && self != .routes && self != .regionSources }
}

/// The sections of an open manifest, each read and proven when it is asked for.
final class ManifestSections: Sendable {
  let source: any RandomAccessBytes
  let path: String
  let directory: SectionDirectory

  init(source: any RandomAccessBytes, path: String, directory: SectionDirectory) {
    self.source = source
    self.path = path
    self.directory = directory
  }

  /// The bytes of a section that every manifest has, and where they begin in the file.
  ///
  /// - Throws: `StoreError.damaged` where the section is absent or differs from its digest.
  func load(_ kind: ManifestSectionKind) throws(StoreError) -> (bytes: [UInt8], base: Int) {
    guard let section = try loadIfThere(kind) else {
      throw StoreError(.damaged, path: path, "the section of \(kind) is missing")
    }
    return section
  }

  /// The same of a section that a manifest may lack.
  func loadIfThere(
    _ kind: ManifestSectionKind
  ) throws(StoreError) -> (bytes: [UInt8], base: Int)? {
    guard let entry = directory.entry(kind: kind.rawValue) else { return nil }
    let bytes: [UInt8]
    do {
      bytes = try source.read(entry.range)
    } catch let error as StoreError {
      throw error
    } catch {
      throw StoreError(.inputOutput, path: path, "cannot read the section of \(kind): \(error)")
    }
    guard Checksum.xxh3_128(bytes) == entry.digest else {
      throw StoreError(
        .damaged, path: path, offset: entry.range.lowerBound,
        "the section of \(kind) differs from its digest")
    }
    return (bytes, entry.range.lowerBound)
  }
}

extension StoreError {
  /// Wrong bytes in the file `path`.
  init(_ error: ByteError, path: String) {
    self.init(
      error.code == .unsupported ? .unsupportedFormat : .damaged, path: path,
      offset: error.offset, error.message)
  }
}
