import LakeBytes
import LakeStore
import LakeTestSupport
import Testing

/// A call of an undo that fails is never taken for success. An undo takes files out of the lake and must never take one off the disk.
@Suite struct UndoFaultTests {
  private struct Attempt {
    let machine = CrashMachine()
    let worker: CrashWorker
    let model = Monitor(CrashModel())
    let result: Result<UndoReceipt, any Error>?
    let calls: [String]

    init(_ effect: CrashFault.Effect?, at callIndex: Int, lasts: Bool) throws {
      let worker = CrashWorker(machine.process(0), seed: 3, model: model)
      self.worker = worker
      let lake = try #require(worker.openOrCreate())
      for identity in [1, 2] as [UInt64] { worker.load(identity, into: lake) }
      let second = try Lake.open(in: worker.environment)
      let start = machine.callCount(of: 0)
      let logStart = machine.log.count
      if let effect {
        machine.script(
          CrashFault(callIndex: start + callIndex, effect: effect, lasts: lasts), for: 0)
      }
      result = worker.undo(1, in: second)
      machine.script(nil, for: 0)
      calls = Array(machine.log[logStart...])
    }
  }

  @Test(arguments: FaultTests.Fault.allCases, [false, true])
  func noFaultIsTakenForSuccess(_ fault: FaultTests.Fault, lasts: Bool) throws {
    let callCount = try Attempt(nil, at: 0, lasts: false).calls.count
    #expect(callCount > 30)
    for index in fault.calls(of: callCount) {
      let attempt = try Attempt(fault.effect, at: index, lasts: lasts)
      let name = "\(fault) \(lasts ? "for ever" : "once") at call \(index)"
      #expect(attempt.machine.repeatedSynchronizations.isEmpty, "\(name): fsync was tried again")
      #expect(!attempt.calls.contains { $0.contains("remove data/") }, "\(name)")
      for seed in 0..<2 as Range<UInt64> {
        try CrashCheck(model: attempt.model.withLock { $0 }).check(
          attempt.machine.disk.crashed(.random(seed: seed)), continues: false)
      }
      // The power stays: the same command again finds out.
      let again = try Lake.open(in: attempt.worker.environment)
      if let result = attempt.worker.undo(1, in: again) { _ = try result.get() }
      #expect(try again.snapshot().manifest.inputs().map(\.identity.low) == [2], "\(name)")
      try CrashCheck(model: attempt.model.withLock { $0 }).check(
        attempt.machine.disk, continues: false)
    }
  }
}
