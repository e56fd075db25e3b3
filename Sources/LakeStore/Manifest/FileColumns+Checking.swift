internal import LakeBytes

/// Whether the numbers of a manifest agree with each other: everything that later code relies on.
extension FileColumns {
  static func damage(_ file: Int, _ message: String, _ path: String) -> StoreError {
    StoreError(.damaged, path: path, "trip file \(file) of the manifest: \(message)")
  }

  static func newerFeature(_ file: Int, _ path: String) -> StoreError {
    StoreError(
      .unsupportedFormat, path: path,
      "trip file \(file) uses a feature of a newer version of triplake")
  }

  static func wrongTotals(_ path: String) -> StoreError {
    StoreError(.damaged, path: path, "the totals are not the sums over the trip files")
  }

  func checkOrder(regionCount: Int, _ sections: ManifestSections) throws(StoreError) {
    for file in 0..<count {
      guard regions[file] < regionCount else {
        throw Self.damage(file, "there is no region \(regions[file])", sections.path)
      }
      guard flags[file] & ~Self.knownFlags == 0, specifications[file] == 1 else {
        throw Self.newerFeature(file, sections.path)
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

  /// Recomputes the totals from the files, but for that of the row hashes, which names come with.
  func check(totals: ManifestTotals, path: String) throws(StoreError) {
    var totals = totals
    totals.rowHashSum = .zero
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
    }
    guard sums == totals else { throw Self.wrongTotals(path) }
  }
}
