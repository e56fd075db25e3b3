internal import LakeStore

/// Tallies of the files of one group after the other, by the number that the manifest gives a source.
///
/// Neighbouring files mostly belong to one group, so that the table of groups is asked once for each source
/// of a group and not for each of every file.
struct SourceSums {
  private var group = GroupTable.Group()
  /// For each source of the manifest; a count of 0 where the group has none yet.
  private var tallies: [GroupTally]
  /// The sources of the group, in the order in which they are met.
  private var met: [Int] = []
  private let isBySource: Bool

  /// - Parameter isBySource: Whether sources are told apart; else all count as number 0.
  init(sourceCount: Int, isBySource: Bool) {
    tallies = [GroupTally](repeating: GroupTally(count: 0), count: isBySource ? sourceCount : 1)
    self.isBySource = isBySource
  }

  /// Begins the files of `group`; those before go to `table` where they are of another.
  ///
  /// - Throws: `QueryError.tooManyGroups`.
  mutating func begin(
    _ group: GroupTable.Group, _ table: inout GroupTable, _ manifest: Manifest
  ) throws(QueryError) {
    guard group != self.group else { return }
    try finish(&table, manifest)
    self.group = group
  }

  /// - Returns: How many trips `sources` have.
  mutating func add(_ sources: [ManifestSource]) -> Int {
    for source in sources { add(source) }
    return sources.reduce(0) { $0 + $1.rowCount }
  }

  /// Adds all sources of a file.
  mutating func addSources(ofFile file: Int, _ manifest: Manifest) {
    manifest.forEachSource(ofFile: file) { add($0) }
  }

  private mutating func add(_ source: ManifestSource) {
    let tally = GroupTally(
      count: source.rowCount, firstTime: source.firstTime, lastTime: source.lastTime)
    add(tally, ofSource: isBySource ? source.sourceIndex : 0)
  }

  mutating func add(_ tally: GroupTally, ofSource source: Int) {
    guard tally.count > 0 else { return }
    if tallies[source].count == 0 {
      met.append(source)
      tallies[source] = tally
    } else {
      tallies[source].add(tally)
    }
  }

  /// Moves what was summed up to `table`.
  ///
  /// - Throws: `QueryError.tooManyGroups`.
  mutating func finish(
    _ table: inout GroupTable, _ manifest: Manifest
  ) throws(QueryError) {
    for source in met {
      if isBySource { group.source = table.number(ofSource: manifest.sources[source]) }
      try table.add(tallies[source], to: group)
      tallies[source].count = 0
    }
    met.removeAll(keepingCapacity: true)
    group.source = 0
  }
}
