/// The largest groups of several sets, of which no group is in two.
struct LargestGroups {
  private let top: Int
  private var groups: [CellGroup] = []

  init(_ top: Int) {
    self.top = top
  }

  /// A group of fewer trips than this is not wanted any more.
  var smallestWanted: Int {
    guard groups.count >= top else { return 1 }
    return groups.last?.count ?? 1
  }

  /// - Throws: `QueryError.tooManyGroups`.
  mutating func add(_ found: [GroupKeeper.Group], _ layout: GroupLayout) throws(QueryError) {
    for group in found {
      groups.append(CellGroup(parts: layout.values(ofGroup: group.number), count: group.count))
    }
    groups = Array(ordered().prefix(top))
    guard groups.count <= GroupTable.groupLimit else { throw GroupTable.tooManyGroups }
  }

  /// The largest first, those of one size in group order.
  func ordered() -> [CellGroup] {
    groups.sorted { left, right in
      if left.count != right.count { return left.count > right.count }
      return CellGroup.precedes(left.parts, right.parts)
    }
  }
}
