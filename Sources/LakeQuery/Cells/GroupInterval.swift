internal import TripModel

/// Groups that follow each other in group order: those whose first parts are given ones, and of which the next part
/// lies in a range.
struct GroupInterval: Hashable, Sendable {
  /// Stands for no cell, which comes after every cell.
  static let none = Int.max
  static let all = GroupInterval(prefix: [], values: .min ... .max)

  let prefix: [Int]
  let values: ClosedRange<Int>

  /// The values that a part of its groups may have, by the part's place in the layout.
  func range(ofField index: Int) -> ClosedRange<Int> {
    if index < prefix.count { return prefix[index]...prefix[index] }
    return index == prefix.count ? values : .min ... .max
  }

  /// Whether an end of a trip in these cells may have a part of the interval's groups.
  ///
  /// - Parameter field: The place of the cells' first number in the layout.
  func mayHold(_ extent: CellExtent, field: Int) -> Bool {
    let (x, y) = (range(ofField: field), range(ofField: field + 1))
    let isTouched = x.overlaps(extent.x) && y.overlaps(extent.y)
    return isTouched || extent.hasAbsent && x.contains(Self.none) && y.contains(Self.none)
  }
}

extension ClosedRange<Int> {
  fileprivate func overlaps(_ range: CellRange) -> Bool { overlaps(range.cells) }
}

extension GroupLayout {
  /// The numbers of the groups in an interval.
  func numbers(in interval: GroupInterval) -> Range<UInt64> {
    var base: UInt64 = 0
    for (field, value) in zip(fields, interval.prefix) {
      let indices = field.indices(of: value...value)
      guard !indices.isEmpty else { return 0..<0 }
      base += UInt64(indices.lowerBound) * field.stride
    }
    let field = fields[interval.prefix.count]
    let indices = field.indices(of: interval.values)
    return base + UInt64(indices.lowerBound) * field.stride..<base + UInt64(indices.upperBound)
      * field.stride
  }
}

extension GroupLayout.Field {
  /// The indices of those of its values that lie in a range, where none is the largest number.
  fileprivate func indices(of range: ClosedRange<Int>) -> Range<Int> {
    let first = index(ofFirstFrom: range.lowerBound)
    let end =
      range.upperBound == GroupInterval.none ? count : index(ofFirstFrom: range.upperBound + 1)
    return first..<max(first, end)
  }

  private func index(ofFirstFrom value: Int) -> Int {
    if value <= values.lowerBound { return 0 }
    return value >= values.upperBound ? values.count : value - values.lowerBound
  }
}
