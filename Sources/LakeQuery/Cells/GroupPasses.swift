/// Counts the groups of some region sets in group order within a limit of rows held at once: as many passes over the
/// files as that takes, each of which reads the blocks that may have a group of its interval.
///
/// Where there are more rows than the limit, a pass counts the rows of each part of the groups, and parts of as many
/// rows as are held follow; a part of more is divided again, down to a single group, of which the count is all
/// there is to know. So the answer is the same whatever the limit, and nothing is written anywhere.
struct GroupPasses {
  let counts: [CellCount]
  /// At least 1.
  let rowLimit: Int
  private(set) var explain = ScanExplain()
  /// Matching rows have been counted, by the pass that met all.
  private var hasMetAll = false

  init(_ counts: [CellCount], rowLimit: Int) {
    self.counts = counts
    self.rowLimit = rowLimit
  }

  /// - Parameter take: Gets each group once, in group order.
  mutating func run(
    _ take: (_ parts: [Int?], _ count: Int) throws -> Void
  ) throws {
    try run(.all, rowCount: counts.reduce(0) { $0 + $1.rowCount }, take)
  }

  private mutating func run(
    _ interval: GroupInterval, rowCount: Int,
    _ take: (_ parts: [Int?], _ count: Int) throws -> Void
  ) throws {
    if rowCount <= rowLimit { return try hand(interval, rowCount: rowCount, take) }
    for part in try histogram(of: interval).parts(rowLimit: rowLimit) {
      let values = part.interval.values
      guard part.rowCount > rowLimit, values.lowerBound == values.upperBound else {
        try run(part.interval, rowCount: part.rowCount, take)
        continue
      }
      let prefix = interval.prefix + [values.lowerBound]
      if prefix.count == counts[0].layout.fields.count {
        try take(prefix.map { $0 == GroupInterval.none ? nil : $0 }, part.rowCount)
      } else {
        let deeper = GroupInterval(prefix: prefix, values: .min ... .max)
        try run(deeper, rowCount: part.rowCount, take)
      }
    }
  }

  private mutating func hand(
    _ interval: GroupInterval, rowCount: Int,
    _ take: (_ parts: [Int?], _ count: Int) throws -> Void
  ) throws {
    var runs: [GroupRuns] = []
    for count in counts {
      let (numbers, work) = try count.sortedNumbers(in: interval, rowLimit: rowCount)
      note(work)
      if !numbers.isEmpty { runs.append(GroupRuns(rows: numbers, count.layout)) }
    }
    hasMetAll = true
    try GroupRuns.merge(runs, take)
  }

  private mutating func histogram(of interval: GroupInterval) throws -> GroupHistogram {
    let empty = GroupHistogram(interval, of: counts.map(\.layout))
    var histogram = empty
    for count in counts { note(try count.add(interval, to: &histogram, empty: empty)) }
    hasMetAll = true
    return histogram
  }

  private mutating func note(_ work: ScanExplain) {
    var work = work
    if hasMetAll { work.rowsMatched = 0 }
    explain.add(work)
  }
}
