import Testing

@testable import LakeIngest

@Suite struct RowChoiceTests {
  @Test func filesAreTakenWholeOrNotAtAll() {
    let choice = RowChoice(files: [true, true, false, false, true])
    #expect(choice.share(ofFiles: 0...1) == .all)
    #expect(choice.share(ofFiles: 4...4) == .all)
    #expect(choice.share(ofFiles: 2...3) == .none)
    #expect(choice.share(ofFiles: 1...2) == .some)
    #expect(choice.share(ofFiles: 0...4) == .some)
  }

  @Test func rowsTakenOutAreLookedFor() {
    let choice = RowChoice(files: [true, false], besides: RowSet([7]), .none)
    #expect(choice.share(ofFiles: 0...0) == .some)
    #expect(choice.share(ofFiles: 1...1) == .none)
    #expect(choice.contains(6, fileOrdinal: 0))
    #expect(!choice.contains(7, fileOrdinal: 0))
    #expect(!choice.contains(6, fileOrdinal: 1))
  }
}
