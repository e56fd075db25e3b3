package import LakeBytes
internal import LakeFile
internal import Synchronization
package import TripModel

/// One version of a lake: everything that is needed to plan a query and to answer the headline ones.
///
/// Files are numbered `0..<fileCount`, ascending by region (in byte order) and week. Single facts are
/// read straight from the manifest's bytes; opening builds nothing per file.
/// Format: `formats/manifest/v1.md`.
package struct Manifest: Sendable {
  /// 0 for a lake that has no commit yet.
  package let version: UInt64
  package let lakeID: LakeID
  /// The digest of the version before; zero for the first.
  package let parentDigest: Digest128
  /// XXH3-128 of the header, which vouches for the whole manifest; the next version repeats it.
  package let digest: Digest128
  package let schema: TripSchema
  package let totals: ManifestTotals
  /// In byte order.
  package let regions: StringTable
  /// In byte order.
  package let sources: StringTable
  let sections: ManifestSections?
  private let shared: SharedColumns

  init(
    version: UInt64, lakeID: LakeID, parentDigest: Digest128, digest: Digest128,
    schema: TripSchema, totals: ManifestTotals, regions: StringTable, sources: StringTable,
    files: FileColumns, sections: ManifestSections?
  ) {
    self.version = version
    self.lakeID = lakeID
    self.parentDigest = parentDigest
    self.digest = digest
    self.schema = schema
    self.totals = totals
    self.regions = regions
    self.sources = sources
    self.sections = sections
    shared = SharedColumns(files)
  }

  var files: FileColumns { _read { yield shared.columns } }

  /// Read and proven when it is asked for first.
  ///
  /// - Throws: `StoreError.damaged`, `.unsupportedFormat`, `.inputOutput`.
  func names() throws(StoreError) -> FileNames {
    guard let sections else { return FileNames() }
    return try shared.names(sections, totals)
  }

  /// Where the trips of files begin and end. Read and proven when it is asked for first.
  ///
  /// - Throws: `StoreError.damaged`, `StoreError.inputOutput`.
  package func extents() throws(StoreError) -> FileExtents {
    guard let sections else { return FileExtents() }
    return try shared.extents(sections)
  }

  package var fileCount: Int { shared.columns.count }
}

/// The columns of a manifest, which are many: copies of the manifest share them, so that to copy it is to count few
/// references.
private final class SharedColumns: Sendable {
  let columns: FileColumns
  private let names = Mutex<FileNames?>(nil)
  private let extents = Mutex<FileExtents?>(nil)

  init(_ columns: FileColumns) {
    self.columns = columns
  }

  func names(
    _ sections: ManifestSections, _ totals: ManifestTotals
  ) throws(StoreError) -> FileNames {
    try names.withLock { names throws(StoreError) in
      if let names { return names }
      let read = try FileNames(reading: sections, count: columns.count, totals: totals)
      names = read
      return read
    }
  }

  func extents(_ sections: ManifestSections) throws(StoreError) -> FileExtents {
    try extents.withLock { extents throws(StoreError) in
      if let extents { return extents }
      let read = try FileExtents(reading: sections, of: columns)
      extents = read
      return read
    }
  }
}

/// Sums over all trip files of a version.
package struct ManifestTotals: Hashable, Sendable {
  package var fileCount: UInt64 = 0
  package var rowCount: UInt64 = 0
  package var byteCount: UInt64 = 0
  package var rowHashSum: Digest128 = .zero

  package init() {}
}

extension Manifest {
  /// The version before the first commit: no file, the columns every lake begins with.
  package static func empty(lakeID: LakeID) -> Manifest {
    Manifest(
      version: 0, lakeID: lakeID, parentDigest: .zero, digest: .zero, schema: .trips,
      totals: ManifestTotals(), regions: StringTable(), sources: StringTable(),
      files: FileColumns(), sections: nil)
  }
}
