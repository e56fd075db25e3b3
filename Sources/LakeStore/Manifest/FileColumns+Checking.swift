internal import LakeBytes

/// Whether the numbers of a manifest agree with each other: everything that later code relies on.
extension FileColumns {
  static func damage(_ file: Int, _ message: String, _ path: String) -> StoreError {
    StoreError(.damaged, path: path, "trip file \(file) of the manifest: \(message)")
  }

  func checkOrder(regionCount: Int, _ sections: ManifestSections) throws(StoreError) {
    for file in 0..<count {
      guard regions[file] < regionCount else {
        throw Self.damage(file, "there is no region \(regions[file])", sections.path)
      }
      guard flags[file] & ~Self.knownFlags == 0, specifications[file] == 1, byteOffsets[file] == 0
      else {
        throw StoreError(
          .unsupportedFormat, path: sections.path,
          "trip file \(file) uses a feature of a newer version of triplake")
      }
      guard isExtent(0, ofFile: file), isExtent(4, ofFile: file) else {
        throw Self.damage(file, "its smallest coordinates are above its largest", sections.path)
      }
      guard file > 0 else { continue }
      let isAscending =
        regions[file - 1] == regions[file]
        ? weeks[file - 1] <= weeks[file] : regions[file - 1] < regions[file]
      guard isAscending else {
        throw Self.damage(file, "it is out of order", sections.path)
      }
    }
  }

  private func isExtent(_ first: Int, ofFile file: Int) -> Bool {
    func edge(_ number: Int) -> Double { extentEdge(first + number, ofFile: file) }
    return edge(0) <= edge(2) && edge(1) <= edge(3)
  }

  /// Recomputes the totals from the files.
  func check(totals: ManifestTotals, path: String) throws(StoreError) {
    let limit = UInt64(Int.max)
    var sums = ManifestTotals()
    sums.fileCount = UInt64(count)
    for file in 0..<count {
      let (rowCount, rowOverflow) = sums.rowCount.addingReportingOverflow(rowCounts[file])
      let (byteCount, byteOverflow) = sums.byteCount.addingReportingOverflow(byteCounts[file])
      guard !rowOverflow, !byteOverflow, rowCount <= limit, byteCount <= limit,
        destinationCounts[file] <= rowCounts[file], firstTimes[file] <= lastTimes[file]
      else { throw Self.damage(file, "its counts or times cannot be", path) }
      sums.rowCount = rowCount
      sums.byteCount = byteCount
      sums.rowHashSum =
        sums.rowHashSum &+ Digest128(high: hashSumHighs[file], low: hashSumLows[file])
    }
    guard sums == totals else {
      throw StoreError(.damaged, path: path, "the totals are not the sums over the trip files")
    }
  }
}
