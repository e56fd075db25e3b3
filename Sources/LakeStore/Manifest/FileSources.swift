internal import LakeBytes

/// The rows of each source in every trip file of a manifest, proven as a whole. Most questions leave them alone.
///
/// Format: `formats/manifest/v1.md`, "Source statistics".
package struct FileSources: Sendable {
  /// The section.
  let bytes: [UInt8]
  let fileCount: Int
  let entryCount: Int
  /// For each file, whether its entries name every source and account for all of its rows.
  private var areComplete: [Bool] = []

  init() {
    bytes = []
    fileCount = 0
    entryCount = 0
  }

  /// Reads a whole section.
  ///
  /// - Parameters:
  ///   - files: The trip files of the same manifest.
  ///   - sourceCount: How many sources the manifest names.
  /// - Throws: `StoreError.damaged`, `StoreError.inputOutput`.
  init(
    reading sections: ManifestSections, of files: FileColumns, sourceCount: Int
  ) throws(StoreError) {
    let section = try sections.load(.sourceStatistics)
    let startsByteCount = 4 * (files.count + 1)
    guard section.bytes.count >= startsByteCount else {
      throw StoreError(
        .damaged, path: sections.path, offset: section.base,
        "the source statistics are too short")
    }
    let starts = FlatColumn<UInt32>(section.bytes, offset: 0, count: files.count + 1)
    bytes = section.bytes
    fileCount = files.count
    entryCount = Int(starts[fileCount])
    guard starts[0] == 0, bytes.count - startsByteCount == entryCount * Self.entryByteCount else {
      throw StoreError(
        .damaged, path: sections.path, offset: section.base,
        "the source statistics do not fill their section")
    }
    for file in 0..<fileCount where starts[file] > starts[file + 1] {
      throw FileColumns.damage(file, "its sources end before they begin", sections.path)
    }
    guard areSound(sourceCount: sourceCount) else {
      throw StoreError(
        .damaged, path: sections.path, offset: section.base,
        "the source statistics contradict themselves")
    }
    areComplete.reserveCapacity(fileCount)
    for file in 0..<fileCount {
      let rowCount = files.rowCounts[file]
      guard let sum = self.rowCount(ofFile: file, limit: rowCount) else {
        throw FileColumns.damage(file, "its sources have too many rows", sections.path)
      }
      areComplete.append(
        sum == rowCount && files.flags[file] & FileColumns.hasCompleteSources != 0)
    }
  }

  /// Whether the rows of the sources of a file account for all of its rows.
  package func isComplete(ofFile file: Int) -> Bool { areComplete[file] }
}

/// The rows of one source in one file or in several.
package struct ManifestSource: Hashable, Sendable {
  /// Index into the manifest's `sources`.
  package let sourceIndex: Int
  package var rowCount: Int
  package var firstTime: Int64
  package var lastTime: Int64

  package init(sourceIndex: Int, rowCount: Int, firstTime: Int64, lastTime: Int64) {
    self.sourceIndex = sourceIndex
    self.rowCount = rowCount
    self.firstTime = firstTime
    self.lastTime = lastTime
  }

  /// - Precondition: Both have a row.
  package mutating func add(_ other: ManifestSource) {
    rowCount += other.rowCount
    firstTime = min(firstTime, other.firstTime)
    lastTime = max(lastTime, other.lastTime)
  }
}
