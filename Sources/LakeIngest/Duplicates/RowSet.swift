/// Numbers of rows, a bit each.
struct RowSet: Sendable {
  private var words: [UInt64] = []
  private(set) var isEmpty = true

  init(_ rows: some Sequence<UInt32>) {
    for row in rows { insert(row) }
  }

  static let none = RowSet([])

  func contains(_ row: UInt32) -> Bool {
    let word = Int(row >> 6)
    return word < words.count && words[word] >> UInt64(row & 63) & 1 == 1
  }

  private mutating func insert(_ row: UInt32) {
    let word = Int(row >> 6)
    if word >= words.count {
      words += repeatElement(0, count: max(word + 1, words.count * 2) - words.count)
    }
    words[word] |= 1 << UInt64(row & 63)
    isEmpty = false
  }
}
