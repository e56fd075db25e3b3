internal import LakeStore

extension Manifest {
  /// The rows of each source of a file, where they account for all of its rows; `nil` where the manifest
  /// does not hold them or they contradict the row count.
  func completeSources(ofFile index: Int) -> [ManifestSource]? {
    guard areSourcesComplete(ofFile: index) else { return nil }
    let sources = sourceStatistics(ofFile: index)
    var sum = 0
    for source in sources {
      let (next, overflow) = sum.addingReportingOverflow(source.rowCount)
      if overflow || source.rowCount < 0 { return nil }
      sum = next
    }
    return sum == rowCount(ofFile: index) ? sources : nil
  }
}
