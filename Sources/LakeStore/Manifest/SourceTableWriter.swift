internal import LakeBytes

/// Gathers the entries of one owner after the other into the columns of a source table.
struct SourceTableWriter {
  private var starts: [UInt32] = [0]
  private var sources: [UInt32] = []
  private var rowCounts: [UInt64] = []
  private var firstTimes: [Int64] = []
  private var lastTimes: [Int64] = []

  /// - Parameter entries: Those of the next owner, ascending by source.
  mutating func append(_ entries: [ManifestSource]) {
    for entry in entries {
      sources.append(UInt32(entry.sourceIndex))
      rowCounts.append(UInt64(entry.rowCount))
      firstTimes.append(entry.firstTime)
      lastTimes.append(entry.lastTime)
    }
    starts.append(UInt32(sources.count))
  }

  var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.append(contentsOf: FlatColumn.encode(starts))
    writer.append(contentsOf: FlatColumn.encode(sources))
    writer.append(contentsOf: FlatColumn.encode(rowCounts))
    writer.append(contentsOf: FlatColumn.encode(firstTimes))
    writer.append(contentsOf: FlatColumn.encode(lastTimes))
    return writer.bytes
  }
}

/// Sums up the sources of files that ascend by region.
struct RegionSourcesWriter {
  private var table = SourceTableWriter()
  private var region: UInt32?
  private var sums: [Int: ManifestSource] = [:]
  /// Whether the files of the region so far name all of their sources.
  private var areNamed = true

  mutating func append(_ entries: [ManifestSource], region: UInt32, areNamed: Bool) {
    if let last = self.region, last != region { finishRegion() }
    self.region = region
    self.areNamed = self.areNamed && areNamed
    for entry in entries {
      if sums[entry.sourceIndex]?.add(entry) == nil { sums[entry.sourceIndex] = entry }
    }
  }

  private mutating func finishRegion() {
    table.append(areNamed ? sums.values.sorted { $0.sourceIndex < $1.sourceIndex } : [])
    sums = [:]
    areNamed = true
  }

  /// The section.
  var bytes: [UInt8] {
    var whole = self
    if region != nil { whole.finishRegion() }
    return whole.table.bytes
  }
}
