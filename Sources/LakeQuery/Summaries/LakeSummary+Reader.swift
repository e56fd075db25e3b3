internal import LakeStore
internal import TripModel

extension LakeSummary {
  /// - Complexity: O(files); opens none.
  package init(_ reader: LakeReader) {
    let manifest = reader.manifest
    let files = 0..<manifest.fileCount
    // The files of a partition are neighbours.
    let partitionCount = files.count { file in
      file == 0 || manifest.week(ofFile: file) != manifest.week(ofFile: file - 1)
        || manifest.regionIndex(ofFile: file) != manifest.regionIndex(ofFile: file - 1)
    }
    self.init(
      snapshot: manifest.version, rowCount: Int(clamping: manifest.totals.rowCount),
      fileCount: manifest.fileCount, partitionCount: partitionCount,
      byteCount: Int(clamping: manifest.totals.byteCount), regions: reader.regions,
      firstTime: files.map { manifest.firstTime(ofFile: $0) }.min(),
      lastTime: files.map { manifest.lastTime(ofFile: $0) }.max(), zoneName: reader.zoneName)
  }
}
