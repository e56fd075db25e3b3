/// The rows of a load that were dropped as duplicates, by input file.
struct DroppedRows: Sendable {
  private(set) var balances: [RowBalance]

  init(fileCount: Int) {
    balances = Array(repeating: RowBalance(), count: fileCount)
  }

  mutating func add(_ balance: RowBalance, file: Int) {
    balances[file] += balance
  }

  static func += (left: inout DroppedRows, right: DroppedRows) {
    for file in left.balances.indices { left.balances[file] += right.balances[file] }
  }
}
