internal import TripModel

/// Tallies by group, where a group is a region, a week, a day, a month, a weekday, an hour, a slot and a source, each of them or none.
///
/// Names are numbered in the order in which they are met, so a group is eight numbers.
struct GroupTable {
  /// A part that is not grouped by is 0.
  struct Group: Hashable {
    var region = 0
    var week = 0
    var day = 0
    /// Of `CivilMonth`.
    var month = 0
    var weekday = 0
    var hour = 0
    var slot = 0
    var source = 0
  }

  /// More groups than this are refused: no answer of that size is read by anybody.
  static let groupLimit = 10_000_000

  private(set) var tallies: [Group: GroupTally] = [:]
  private(set) var sourceNames: [ByteString] = []
  private var sourceNumbers: [ByteString: Int] = [:]

  mutating func number(ofSource name: ByteString) -> Int {
    if let number = sourceNumbers[name] { return number }
    sourceNumbers[name] = sourceNames.count
    sourceNames.append(name)
    return sourceNames.count - 1
  }

  /// - Throws: `QueryError.tooManyGroups`.
  mutating func add(_ tally: GroupTally, to group: Group) throws(QueryError) {
    guard tally.count > 0 else { return }
    if tallies[group]?.add(tally) == nil { tallies[group] = tally }
    guard tallies.count <= Self.groupLimit else {
      throw Self.tooManyGroups
    }
  }

  static let tooManyGroups = QueryError(
    .tooManyGroups,
    "there are more than \(groupLimit) groups; group by fewer columns, or ask for the largest alone"
  )
}
