/// The groups of one set in ascending order: counted, or as the sorted numbers of their rows.
struct GroupRuns {
  private enum Content {
    case rows([UInt64])
    case groups([GroupKeeper.Group])
  }

  let layout: GroupLayout
  private let content: Content
  private var position = 0

  /// - Parameter numbers: Ascending, one a row.
  init(rows numbers: [UInt64], _ layout: GroupLayout) {
    content = .rows(numbers)
    self.layout = layout
  }

  /// - Parameter groups: In any order, each once.
  init(groups: [GroupKeeper.Group], _ layout: GroupLayout) {
    content = .groups(groups.sorted { $0.number < $1.number })
    self.layout = layout
  }

  /// The next group; `nil` after the last.
  mutating func next() -> GroupKeeper.Group? {
    switch content {
    case .groups(let groups):
      guard position < groups.count else { return nil }
      position += 1
      return groups[position - 1]
    case .rows(let numbers):
      guard position < numbers.count else { return nil }
      let start = position
      while position < numbers.count, numbers[position] == numbers[start] { position += 1 }
      return GroupKeeper.Group(number: numbers[start], count: position - start)
    }
  }
}

extension GroupRuns {
  /// Hands out the groups of several sets in group order; one that two sets have is one.
  static func merge(
    _ runs: [GroupRuns], _ take: (_ parts: [Int?], _ count: Int) throws -> Void
  ) throws {
    var heads = runs.compactMap { Head($0) }
    while let first = heads.indices.dropFirst().reduce(
      heads.indices.first,
      { least, index in
        least.map { heads[index].precedes(heads[$0]) ? index : $0 }
      })
    {
      let parts = heads[first].parts
      var count = 0
      for index in heads.indices.reversed() where index == first || heads[index].parts == parts {
        count += heads[index].count
        if !heads[index].advance() { heads.remove(at: index) }
      }
      try take(parts, count)
    }
  }

  /// The group that is next in a set.
  private struct Head {
    private var runs: GroupRuns
    private(set) var parts: [Int?] = []
    private(set) var count = 0

    init?(_ runs: GroupRuns) {
      self.runs = runs
      guard advance() else { return nil }
    }

    mutating func advance() -> Bool {
      guard let group = runs.next() else { return false }
      parts = runs.layout.values(ofGroup: group.number)
      count = group.count
      return true
    }

    func precedes(_ other: Head) -> Bool { CellGroup.precedes(parts, other.parts) }
  }
}
