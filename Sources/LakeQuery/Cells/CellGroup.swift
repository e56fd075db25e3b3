/// A group by the values of its parts, which all sets have in common.
struct CellGroup {
  let parts: [Int?]
  let count: Int

  /// Group order: no cell comes after every cell.
  static func precedes(_ left: [Int?], _ right: [Int?]) -> Bool {
    for index in left.indices where left[index] != right[index] {
      return left[index] ?? .max < right[index] ?? .max
    }
    return false
  }
}
