internal import LakeStore

extension Manifest {
  /// The rows of each source of a file, where they account for all of its rows; `nil` where the manifest
  /// does not hold them or they contradict the row count.
  func completeSources(ofFile index: Int) -> [ManifestSource]? {
    hasCompleteSources(ofFile: index) ? sourceStatistics(ofFile: index) : nil
  }

  /// Whether the rows of the sources of a file account for all of its rows.
  func hasCompleteSources(ofFile index: Int) -> Bool {
    areSourcesComplete(ofFile: index) && sourceRowCount(ofFile: index) == rowCount(ofFile: index)
  }
}
