internal import LakeStore

/// Tallies of the files of one group after the other, by the number that the manifest gives a source.
///
/// Neighbouring files mostly belong to one group, so that the table of groups is asked once for each source
/// of a group and not for each of every file.
struct SourceSums {
  private var group = GroupTable.Group()
  /// For each source of the manifest; without a row where the group has none yet.
  private var sums: [ManifestSource]
  /// The sources of the group, in the order in which they are met.
  private var met: [Int] = []
  private let isBySource: Bool

  /// - Parameter isBySource: Whether sources are told apart; else all count as number 0.
  init(sourceCount: Int, isBySource: Bool) {
    sums = (0..<(isBySource ? sourceCount : 1)).map { source in
      ManifestSource(sourceIndex: source, rowCount: 0, firstTime: 0, lastTime: 0)
    }
    self.isBySource = isBySource
  }

  /// Begins the files of `group`; those before go to `table` where they are of another.
  ///
  /// - Throws: `QueryError.tooManyGroups`.
  mutating func begin(_ group: GroupTable.Group, _ table: inout GroupTable) throws(QueryError) {
    guard group != self.group else { return }
    try finish(&table)
    self.group = group
  }

  /// - Returns: How many trips `sources` have.
  mutating func add(_ sources: [ManifestSource]) -> Int {
    for source in sources { add(source, at: isBySource ? source.sourceIndex : 0) }
    return sources.reduce(0) { $0 + $1.rowCount }
  }

  /// Adds all sources of a file or region.
  ///
  /// - Precondition: Sources are told apart.
  mutating func addSources(of owner: Int, _ table: SourceTable) {
    table.add(of: owner, to: &sums, met: &met)
  }

  mutating func add(_ tally: GroupTally, ofSource source: Int) {
    add(
      ManifestSource(
        sourceIndex: source, rowCount: tally.count, firstTime: tally.firstTime,
        lastTime: tally.lastTime), at: source)
  }

  private mutating func add(_ added: ManifestSource, at place: Int) {
    guard added.rowCount > 0 else { return }
    if sums[place].rowCount == 0 {
      met.append(place)
      sums[place] = added
    } else {
      sums[place].add(added)
    }
  }

  /// Moves what was summed up to `table`.
  ///
  /// - Throws: `QueryError.tooManyGroups`.
  mutating func finish(_ table: inout GroupTable) throws(QueryError) {
    for source in met {
      group.source = source
      let sum = sums[source]
      try table.add(
        GroupTally(count: sum.rowCount, firstTime: sum.firstTime, lastTime: sum.lastTime),
        to: group)
      sums[source].rowCount = 0
    }
    met.removeAll(keepingCapacity: true)
    group.source = 0
  }
}
