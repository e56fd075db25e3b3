internal import LakeBytes
package import LakeFile

internal import TripModel

/// One version of a lake, held against clean-up for as long as this object lives.
package final class LakeSnapshot: Sendable {
  package let manifest: Manifest
  private let lake: Lake
  /// The manifest's file under a shared lock; `nil` for a lake without a commit.
  private let pin: StoreFile?

  init(manifest: Manifest, lake: Lake, pin: StoreFile?) {
    self.manifest = manifest
    self.lake = lake
    self.pin = pin
  }

  /// Opens one of the version's trip files and proves its footer against the manifest.
  ///
  /// - Precondition: `index` lies in `0..<manifest.fileCount`.
  /// - Throws: `StoreError.missingFile`, `StoreError.damaged`, `StoreError.inputOutput`.
  package func openTripFile(_ index: Int) throws(StoreError) -> TripFileReader {
    try lake.openTripFile(
      manifest.path(ofFile: index), byteCount: manifest.byteCount(ofFile: index),
      footerDigest: manifest.footerDigest(ofFile: index))
  }
}

extension LakeTransaction {
  /// Opens a trip file of the transaction, when it is written.
  ///
  /// - Throws: `StoreError`, where a file could not be written as well.
  package func openStagedFile(_ file: StagedDataFile) throws(StoreError) -> TripFileReader {
    try finishParts(of: file)
    return try lake.openTripFile(
      file.path, byteCount: file.statistics.byteCount, footerDigest: file.footerDigest)
  }
}

extension Lake {
  func openTripFile(_ entry: DataFileEntry) throws(StoreError) -> TripFileReader {
    try openTripFile(
      entry.path, byteCount: entry.statistics.byteCount, footerDigest: entry.footerDigest)
  }

  fileprivate func openTripFile(
    _ path: LakePath, byteCount: Int, footerDigest: Digest128
  ) throws(StoreError) -> TripFileReader {
    let file = try openNamedFile(path)
    do {
      return try TripFileReader(
        file, path: path.text, expecting: (byteCount: byteCount, footerDigest: footerDigest))
    } catch {
      throw StoreError(error)
    }
  }

  func openNamedFile(_ path: LakePath) throws(StoreError) -> StoreFile {
    do {
      return try StoreFile(opening: path, in: fileSystem)
    } catch  where error.isMissing {
      throw StoreError(
        .missingFile, path: path.text, "the manifest names this file, and it is missing")
    } catch  where error.isNotRegularFile {
      throw StoreError(.damaged, path: path.text, "this is not a regular file")
    } catch {
      throw StoreError(error)
    }
  }
}

extension StoreError {
  /// What a trip file's reader found wrong.
  package init(_ error: TripFileError) {
    if let underlying = error.underlying as? StoreError {
      self = underlying
      return
    }
    let code: Code
    switch error.code {
    case .readFailed: code = .inputOutput
    case .unsupportedVersion, .unsupportedSection: code = .unsupportedFormat
    default: code = .damaged
    }
    self.init(
      code, path: error.path, offset: error.offset, block: error.block,
      column: error.column.map { "column \($0.rawValue)" }, error.message)
  }
}
