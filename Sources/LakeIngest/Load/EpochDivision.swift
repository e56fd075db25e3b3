/// Where rows are divided that do not fit into memory at once: between files, into as few parts as they need, and into
/// parts of about one size, because memory that was never used costs more than memory that is used again.
struct EpochDivision {
  /// Rows that fit into memory.
  let capacity: Double
  /// Rows in memory.
  let held: Double

  /// Whether the rows in memory are written before a file begins.
  ///
  /// - Parameters:
  ///   - coming: The rows of the file; 0 where that is not known.
  ///   - behind: The rows of the files behind it; 0 where that is not known.
  func isFull(before coming: Double, behind: Double) -> Bool {
    let all = held + coming + behind
    guard held + coming <= capacity else { return true }
    guard all > capacity else { return false }
    let partCount = (all / capacity).rounded(.up)
    let isNearest = held + coming / 2 >= all / partCount
    return isNearest && all - held <= (partCount - 1) * capacity
  }
}
