internal import LakeStore
internal import TripModel

/// The trips of every source in every file of a snapshot.
///
/// From the manifest, but for files whose sources are more than it counts: those are read.
struct SourceFacts {
  struct Fact {
    let file: Int
    let source: ByteString
    let tally: SummaryTables.Tally
  }

  /// Ascending by file; the sources of a file in byte order.
  private(set) var facts: [Fact] = []

  /// - Throws: `StoreError` of a file that had to be read.
  init(_ reader: LakeReader, threadCount: Int) throws {
    let manifest = reader.manifest
    let names = Array(manifest.sources)
    let fileSources = try manifest.fileSources()
    var unknown: [ScanJob.Item] = []
    for file in 0..<manifest.fileCount {
      guard fileSources.isComplete(file) else {
        unknown.append(ScanJob.Item(file: file, conditions: []))
        continue
      }
      fileSources.forEach(of: file) { source in
        let tally = SummaryTables.Tally(
          trips: source.rowCount, firstTime: source.firstTime, lastTime: source.lastTime)
        facts.append(Fact(file: file, source: names[source.sourceIndex], tally: tally))
      }
    }
    guard !unknown.isEmpty else { return }
    try read(unknown, reader, threadCount: threadCount)
  }

  private mutating func read(
    _ items: [ScanJob.Item], _ reader: LakeReader, threadCount: Int
  ) throws {
    let manifest = reader.manifest
    let zone = reader.zone
    let grouping = FileHistogram.Grouping(time: .none, isBySource: true, keepsTimes: true)
    let job = ScanJob(reader: reader, items: items, threadCount: threadCount)
    let (histograms, _) = try job.run { item in
      FileHistogram(grouping, week: manifest.week(ofFile: item.file), zone: zone)
    }
    for (item, histogram) in zip(items, histograms) {
      for (index, tally) in histogram.entries {
        let times = SummaryTables.Tally(
          trips: tally.count, firstTime: tally.firstTime, lastTime: tally.lastTime)
        facts.append(Fact(file: item.file, source: histogram.sources[index], tally: times))
      }
    }
    facts.sort { ($0.file, $0.source) < ($1.file, $1.source) }
  }
}
