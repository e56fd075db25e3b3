internal import LakeStore
internal import TripModel

/// Tallies by group, where a group is a region, a week, a day, a month, a weekday, an hour, a slot and a source, each of them or none.
///
/// Names are numbered, so a group is eight numbers.
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

    /// Parts are put together first: to hash each of them takes most of the time of small tables.
    func hash(into hasher: inout Hasher) {
      var word = region
      word = word &* Self.factor &+ week &* 8 &+ weekday
      word = word &* Self.factor &+ day &* 24 &+ hour
      word = word &* Self.factor &+ month
      word = word &* Self.factor &+ slot
      hasher.combine(word &* Self.factor &+ source)
    }

    private static let factor = 0x1E37_79B9_7F4A_7C15
  }

  /// More groups than this are refused: no answer of that size is read by anybody.
  static let groupLimit = 10_000_000

  private(set) var tallies: [Group: GroupTally] = [:]
  /// The sources of the manifest, whose numbers are those that it gives them.
  private let known: StringTable
  /// Sources that the manifest does not name; their numbers come behind.
  private var others: [ByteString] = []
  private var otherNumbers: [ByteString: Int] = [:]

  /// - Parameter sources: Those of the manifest.
  init(sources: StringTable) {
    known = sources
  }

  mutating func number(ofSource name: ByteString) -> Int {
    if let number = known.firstIndex(of: name) ?? otherNumbers[name] { return number }
    let number = known.count + others.count
    otherNumbers[name] = number
    others.append(name)
    return number
  }

  func sourceName(_ number: Int) -> ByteString {
    number < known.count ? known[number] : others[number - known.count]
  }

  /// The place of each source in byte order, by number.
  var sourceRanks: [Int] {
    var ranks = Array(known.indices)
    guard !others.isEmpty else { return ranks }
    let names = Array(known) + others
    ranks += others.map { _ in 0 }
    let ascending = names.indices.sorted { names[$0] < names[$1] }
    for (rank, number) in ascending.enumerated() { ranks[number] = rank }
    return ranks
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
