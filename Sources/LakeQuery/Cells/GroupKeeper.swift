/// Keeps the groups that an answer may want: the largest, or all of a minimum size.
struct GroupKeeper: Sendable {
  struct Group: Hashable, Sendable {
    let number: UInt64
    let count: Int

    /// The larger one, and of equal ones the one of the smaller number.
    static func comesFirst(_ left: Group, _ right: Group) -> Bool {
      (right.count, left.number) < (left.count, right.number)
    }
  }

  /// How many of the largest are wanted; `nil` for all, or for more than an answer may have.
  private let top: Int?
  /// Groups of fewer rows need not be handed in.
  private(set) var threshold: UInt32
  private var groups: [Group] = []
  /// Of those that are surely wanted the last, once there are as many as are wanted.
  private var worst: Group?
  /// Whether there were more groups than an answer may have; some are lost then.
  private var isOverfull = false

  init(top: Int?, minimumCount: Int) {
    self.top = top.flatMap { $0 <= GroupTable.groupLimit ? $0 : nil }
    threshold = UInt32(clamping: max(minimumCount, 1))
  }

  mutating func take(group number: UInt64, count: Int) {
    let group = Group(number: number, count: count)
    if let worst, Group.comesFirst(worst, group) { return }
    groups.append(group)
    if let top {
      // Sorted once in so many groups that each costs next to nothing.
      if groups.count >= max(2 * top, 1024) { cut(to: top) }
    } else if groups.count > GroupTable.groupLimit {
      isOverfull = true
      groups.removeAll()
    }
  }

  private mutating func cut(to top: Int) {
    groups.sort(by: Group.comesFirst)
    guard groups.count >= top else { return }
    groups.removeSubrange(top...)
    worst = groups.last
    threshold = max(threshold, UInt32(clamping: groups.last?.count ?? 0))
  }

  /// The groups kept, in no particular order; with `top` no more than that.
  ///
  /// - Throws: `QueryError.tooManyGroups`.
  consuming func finish() throws(QueryError) -> [Group] {
    guard !isOverfull else { throw GroupTable.tooManyGroups }
    if let top { cut(to: top) }
    return groups
  }
}
