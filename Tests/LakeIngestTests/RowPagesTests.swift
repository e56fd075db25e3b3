import Testing

@testable import LakeIngest

@Suite struct RowPagesTests {
  @Test func blocksTakeRowsUpToTheirEndOnHugePagesAndOnSmallOnes() {
    var patient = RowPages(patienceNanoseconds: .max)
    var impatient = RowPages(patienceNanoseconds: 0)
    for _ in 0..<4 {
      let blocks = [
        RowBlock.allocate(wordCount: TripRow.wordCount, on: &patient),
        RowBlock.allocate(wordCount: TripRow.wordCount, on: &impatient),
      ]
      #expect(patient.areHuge)
      #expect(!impatient.areHuge)
      for block in blocks {
        let last = RowBlock.rowCount * TripRow.wordCount - 1
        block[last] = 7
        #expect(block[last] == 7)
        block.deallocate()
      }
    }
  }

  @Test func hugePagesThatTakeTooLongAreTriedEverMoreRarely() {
    var trials = HugePageTrials()
    let tried = tries(&trials, blocks: 1...200) { _ in false }
    #expect(tried == [1, 2, 4, 8, 16, 32, 64, 128])
  }

  @Test func oneThatComesInTimeHasThemTriedForEveryBlockAgain() {
    var trials = HugePageTrials()
    // Pages are at hand but for the first three trials, and one later on.
    let tried = tries(&trials, blocks: 1...12) { block in ![1, 2, 4, 10].contains(block) }
    #expect(tried == [1, 2, 4, 8, 9, 10, 11, 12])
  }

  /// The blocks that huge pages are tried for.
  private func tries(
    _ trials: inout HugePageTrials, blocks: ClosedRange<Int>, inTime: (Int) -> Bool
  ) -> [Int] {
    blocks.filter { block in
      guard trials.isDue() else { return false }
      trials.finish(inTime: inTime(block))
      return true
    }
  }
}
