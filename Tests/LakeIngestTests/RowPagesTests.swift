import Testing

@testable import LakeIngest

@Suite struct RowPagesTests {
  @Test func hugePagesAreGivenUpAfterTheFirstThatTakesTooLong() {
    var patient = RowPages(patienceNanoseconds: .max)
    var impatient = RowPages(patienceNanoseconds: 0)
    for _ in 0..<2 {
      let blocks = [
        RowBlock.allocate(wordCount: TripRow.wordCount, on: &patient),
        RowBlock.allocate(wordCount: TripRow.wordCount, on: &impatient),
      ]
      #expect(patient.areHugeAtHand)
      #expect(!impatient.areHugeAtHand)
      // Either way a block takes rows up to its end.
      for block in blocks {
        let last = RowBlock.rowCount * TripRow.wordCount - 1
        block[last] = 7
        #expect(block[last] == 7)
        block.deallocate()
      }
    }
  }
}
