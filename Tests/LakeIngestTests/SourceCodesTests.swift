import Testing

@testable import LakeIngest

@Suite struct SourceCodesTests {
  private let codes = SourceCodes(sourceCount: 10)

  /// Replaces the ranks of some rows by codes.
  ///
  /// - Returns: The rank of each code.
  private func replace(_ ranks: inout [UInt64]) -> [UInt32] {
    for rank in ranks { codes.note(UInt32(rank)) }
    return ranks.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return [] }
      return codes.replace(start, count: buffer.count)
    }
  }

  @Test func areInTheOrderOfRanks() {
    var words: [UInt64] = [7, 2, 2, 9, 7]
    #expect(replace(&words) == [2, 7, 9])
    #expect(words == [1, 0, 0, 2, 1])
  }

  @Test func areTheRanksWhereNoneIsLeftOut() {
    var words: [UInt64] = [2, 1, 0, 1]
    #expect(replace(&words) == [0, 1, 2])
    #expect(words == [2, 1, 0, 1])
  }

  @Test func areForgottenAfterwards() {
    var words: [UInt64] = [3, 1]
    _ = replace(&words)
    words = [9]
    #expect(replace(&words) == [9])
    #expect(words == [0])
    words = [1, 0]
    #expect(replace(&words) == [0, 1])
    #expect(words == [1, 0])
  }
}
