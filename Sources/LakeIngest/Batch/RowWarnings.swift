/// Records that were stored although something about them is odd, by what it is.
package struct RowWarnings: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    /// The origin or the destination is (0, 0).
    case atZero = "at_zero"
    /// The coordinates are usual for the region once x and y are exchanged.
    case swapped
    /// A place is far away from the others of its region.
    case farAway = "far_away"
    /// The clocks of the zone were put forward over the time; it was read as later by the length of the gap.
    case timeInGap = "time_in_gap"
    /// The clocks of the zone showed the time twice; it was read as the first.
    case timeInOverlap = "time_in_overlap"
    /// The trip ends before it starts.
    case endsBeforeStart = "ends_before_start"
  }

  private var counts = [UInt64](repeating: 0, count: Kind.allCases.count)

  package init() {}

  package subscript(_ kind: Kind) -> UInt64 {
    get { counts[Self.index(kind)] }
    set { counts[Self.index(kind)] = newValue }
  }

  /// The kinds that occurred, in the order of their declaration.
  package var occurred: [(kind: Kind, count: UInt64)] {
    Kind.allCases.map { ($0, self[$0]) }.filter { $0.1 > 0 }
  }

  static func += (left: inout RowWarnings, right: RowWarnings) {
    for index in left.counts.indices { left.counts[index] += right.counts[index] }
  }

  private static func index(_ kind: Kind) -> Int { Kind.allCases.firstIndex(of: kind) ?? 0 }
}
