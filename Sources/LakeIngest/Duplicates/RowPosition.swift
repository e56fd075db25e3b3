/// Where a row stands in the input: the number of its chunk in the high half, its line within the chunk, from 0, in
/// the low half. Positions ascend in the order of the input.
struct RowPosition: Hashable, Comparable, Sendable {
  let word: UInt64

  init(word: UInt64) {
    self.word = word
  }

  init(sequence: Int, line: Int) {
    word = UInt64(sequence) << 32 | UInt64(line)
  }

  var sequence: Int { Int(word >> 32) }
  var line: UInt64 { word & 0xffff_ffff }

  static func < (left: RowPosition, right: RowPosition) -> Bool { left.word < right.word }
}
