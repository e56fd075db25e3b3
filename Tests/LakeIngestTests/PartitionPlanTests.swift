import LakeStore
import Testing

@testable import LakeIngest

@Suite struct PartitionPlanTests {
  @Test func onlyTheFileBeingReadIsKeptApart() {
    var done = FileAccount(path: "done.csv")
    done.ledger.stored = 5
    done.isClosed = true
    var failed = done
    failed.error = IngestError(.inputChanged, "changed")
    var open = FileAccount(path: "open.csv")
    open.ledger.stored = 3
    let waiting = FileAccount(path: "waiting.csv")
    let groups = PartitionPlan.groups([done, failed, open, waiting])
    #expect(groups.map(\.openInput) == [nil, 2])
    #expect(
      groups.map(\.isIncluded) == [
        [true, false, false, false], [false, false, true, false],
      ])
    #expect(PartitionPlan.groups([failed, waiting]).isEmpty)
  }
}
