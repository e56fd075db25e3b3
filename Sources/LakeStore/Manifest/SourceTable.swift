internal import LakeBytes

/// What the rows of sources are told of.
enum SourceOwner: String {
  case file = "trip file"
  case region

  var section: ManifestSectionKind { self == .file ? .sourceStatistics : .regionSources }
}

/// The rows of each source in every trip file of a manifest, or in every region, proven as a whole. Most questions leave them
/// alone.
///
/// Format: `formats/manifest/v1.md`, "Source statistics" and "Sources of regions".
package struct SourceTable: Sendable {
  /// The section.
  let bytes: [UInt8]
  let ownerCount: Int
  let entryCount: Int
  /// For each owner, whether its entries name every source and account for all of its rows.
  private var areComplete: [Bool] = []

  init() {
    bytes = []
    ownerCount = 0
    entryCount = 0
  }

  /// Places the entries in their section.
  ///
  /// - Parameters:
  ///   - rowCounts: Of all sources of each owner.
  ///   - areNamed: For each owner, whether its entries name every source.
  ///   - sourceCount: How many sources the manifest names.
  /// - Throws: `StoreError.damaged`.
  init(
    _ section: (bytes: [UInt8], base: Int), path: String, of owner: SourceOwner,
    rowCounts: [UInt64], areNamed: [Bool], sourceCount: Int
  ) throws(StoreError) {
    func damage(_ message: String) -> StoreError {
      StoreError(
        .damaged, path: path, offset: section.base,
        "the sources of each \(owner.rawValue) \(message)")
    }
    let startsByteCount = 4 * (rowCounts.count + 1)
    guard section.bytes.count >= startsByteCount else { throw damage("are too short") }
    let starts = FlatColumn<UInt32>(section.bytes, offset: 0, count: rowCounts.count + 1)
    bytes = section.bytes
    ownerCount = rowCounts.count
    entryCount = Int(starts[ownerCount])
    guard starts[0] == 0, bytes.count - startsByteCount == entryCount * Self.entryByteCount else {
      throw damage("do not fill their section")
    }
    for index in 0..<ownerCount where starts[index] > starts[index + 1] {
      throw damage("end before they begin (number \(index))")
    }
    guard areSound(sourceCount: sourceCount) else { throw damage("contradict themselves") }
    areComplete.reserveCapacity(ownerCount)
    for index in 0..<ownerCount {
      guard let sum = rowCount(of: index, limit: rowCounts[index]) else {
        throw damage("have too many rows (number \(index))")
      }
      areComplete.append(sum == rowCounts[index] && areNamed[index])
    }
  }

  /// Whether the rows of the sources of a file or region account for all of its rows.
  package func isComplete(_ owner: Int) -> Bool { areComplete[owner] }
}

extension Manifest {
  /// The rows of each source in every file. Read and proven at each call.
  ///
  /// - Throws: `StoreError.damaged`, `StoreError.inputOutput`.
  package func fileSources() throws(StoreError) -> SourceTable {
    guard let sections else { return SourceTable() }
    return try SourceTable(
      sections.load(SourceOwner.file.section), path: sections.path, of: .file,
      rowCounts: (0..<fileCount).map { files.rowCounts[$0] },
      areNamed: (0..<fileCount).map { areSourcesComplete(ofFile: $0) }, sourceCount: sources.count)
  }

  /// The rows of each source in every region, for questions that no single file matters to; `nil` where the manifest does not
  /// tell. Read and proven at each call.
  ///
  /// - Throws: `StoreError.damaged`, `StoreError.inputOutput`.
  package func regionSources() throws(StoreError) -> SourceTable? {
    guard let sections, let section = try sections.loadIfThere(SourceOwner.region.section) else {
      return nil
    }
    var rowCounts = [UInt64](repeating: 0, count: regions.count)
    var areNamed = [Bool](repeating: true, count: regions.count)
    for file in 0..<fileCount {
      let region = regionIndex(ofFile: file)
      rowCounts[region] += files.rowCounts[file]
      areNamed[region] = areNamed[region] && areSourcesComplete(ofFile: file)
    }
    return try SourceTable(
      section, path: sections.path, of: .region, rowCounts: rowCounts, areNamed: areNamed,
      sourceCount: sources.count)
  }

  /// Proves that the sources of regions are those of their files.
  ///
  /// - Throws: `StoreError.damaged`, `StoreError.inputOutput`.
  func proveRegionSources() throws(StoreError) {
    guard let told = try regionSources() else { return }
    let fileSources = try fileSources()
    for region in 0..<regions.count {
      var sums = (0..<sources.count).map {
        ManifestSource(sourceIndex: $0, rowCount: 0, firstTime: 0, lastTime: 0)
      }
      var met: [Int] = []
      let files = files(ofRegion: region)
      for file in files { fileSources.add(of: file, to: &sums, met: &met) }
      let areNamed = files.allSatisfy { areSourcesComplete(ofFile: $0) }
      guard told.statistics(of: region) == (areNamed ? met.sorted().map { sums[$0] } : []) else {
        throw StoreError(
          .damaged, path: sections?.path ?? "",
          "the sources of region \(region) are not those of its trip files")
      }
    }
  }
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
