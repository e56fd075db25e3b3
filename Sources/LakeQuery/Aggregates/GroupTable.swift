internal import LakeStore
internal import TripModel

/// Tallies by group, where a group is a region, a week, a day, a month, a weekday, an hour, a slot and a source, each of them or none.
///
/// Names are numbered, so a group is eight numbers.
struct GroupTable {
  /// A part that is not grouped by is 0.
  struct Group: Equatable {
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

  /// What is known of a group.
  struct Sum: Equatable {
    var tally: GroupTally
    /// The source of its last trip; of several that start at once, the one of the smaller bytes.
    var latestSource: Int
  }

  /// More groups than this are refused: no answer of that size is read by anybody.
  static let groupLimit = 10_000_000

  /// In the order in which groups are met.
  private(set) var sums: [Sum] = []
  private var numbers = KeyNumbers(width: Group.wordCount)
  private let tellsSources: Bool
  /// The sources of the manifest, whose numbers are those that it gives them.
  private let known: StringTable
  /// Sources that the manifest does not name; their numbers come behind.
  private var others: [ByteString] = []
  private var otherNumbers: [ByteString: Int] = [:]

  /// - Parameters:
  ///   - sources: Those of the manifest.
  ///   - tellsSources: Whether groups that differ by nothing but their source are told apart.
  init(sources: StringTable, tellsSources: Bool) {
    known = sources
    self.tellsSources = tellsSources
  }

  /// The group of each of `sums`; source 0 where sources are not told apart.
  func group(_ number: Int) -> Group { Group(words: numbers[number]) }

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

  /// Whether a source comes before another in byte order.
  func precedes(source left: Int, _ right: Int) -> Bool {
    // The manifest's ascend.
    left < known.count && right < known.count
      ? left < right : sourceName(left) < sourceName(right)
  }

  /// - Throws: `QueryError.tooManyGroups`.
  mutating func add(_ tally: GroupTally, to group: Group) throws(QueryError) {
    guard tally.count > 0 else { return }
    var key = group
    if !tellsSources { key.source = 0 }
    let number = numbers.number(of: key.words)
    guard number < sums.count else {
      guard number < Self.groupLimit else { throw Self.tooManyGroups }
      return sums.append(Sum(tally: tally, latestSource: group.source))
    }
    let last = sums[number].tally.lastTime
    if last < tally.lastTime
      || last == tally.lastTime && precedes(source: group.source, sums[number].latestSource)
    {
      sums[number].latestSource = group.source
    }
    sums[number].tally.add(tally)
  }

  static let tooManyGroups = QueryError(
    .tooManyGroups,
    "there are more than \(groupLimit) groups; group by fewer columns, or ask for the largest alone"
  )
}

extension GroupTable.Group {
  fileprivate static let wordCount = 8

  fileprivate var words: [UInt64] {
    [
      Self.word(region), Self.word(week), Self.word(day), Self.word(month), Self.word(weekday),
      Self.word(hour), Self.word(slot), Self.word(source),
    ]
  }

  /// - Precondition: They are the words of a group.
  fileprivate init(words: ArraySlice<UInt64>) {
    let first = words.startIndex
    func part(_ index: Int) -> Int { Int(truncatingIfNeeded: words[first + index]) }
    self.init(
      region: part(0), week: part(1), day: part(2), month: part(3), weekday: part(4),
      hour: part(5), slot: part(6), source: part(7))
  }

  private static func word(_ part: Int) -> UInt64 { UInt64(truncatingIfNeeded: part) }
}
