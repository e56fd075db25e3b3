internal import TripModel

/// Sums up the histograms of files that share their group and sources, one array addition a file, before
/// anything is looked up in a table.
struct HistogramSum {
  /// What the files share beside times and sources.
  let group: GroupTable.Group
  let grouping: FileHistogram.Grouping
  let sources: [ByteString]
  private var tallies: [GroupTally]

  init(_ histogram: FileHistogram, group: GroupTable.Group) {
    self.group = group
    grouping = histogram.grouping
    sources = histogram.sources
    tallies = [GroupTally](
      repeating: GroupTally(count: 0),
      count: histogram.grouping.time.count * histogram.sourceCount)
    add(histogram)
  }

  /// - Returns: False where the histogram is of another group or of other sources; nothing is added then.
  mutating func addIfAlike(_ histogram: FileHistogram, group: GroupTable.Group) -> Bool {
    guard group == self.group, histogram.sources == sources else { return false }
    add(histogram)
    return true
  }

  private mutating func add(_ histogram: FileHistogram) {
    for (index, tally) in histogram.entries {
      if tallies[index].count == 0 { tallies[index] = tally } else { tallies[index].add(tally) }
    }
  }

  /// The indices that a row has, as `FileHistogram.entries`.
  var entries: some Sequence<(index: Int, tally: GroupTally)> {
    tallies.enumerated().lazy.filter { $0.element.count > 0 }
      .map { (index: $0.offset, tally: $0.element) }
  }
}
