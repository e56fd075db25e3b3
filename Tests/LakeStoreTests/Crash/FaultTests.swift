import Glibc
import LakeStore
import LakeTestSupport
import Testing
import TripModel

/// A call that fails, at any place and in any way, is never taken for success.
@Suite struct FaultTests {
  /// What a call can do instead of its work.
  enum Fault: String, CaseIterable, CustomTestStringConvertible {
    case inputOutput, diskFull, quota, short, interrupted, lateInputOutput

    var testDescription: String { rawValue }

    var effect: CrashFault.Effect {
      switch self {
      case .inputOutput: .error(EIO)
      case .diskFull: .error(ENOSPC)
      case .quota: .error(EDQUOT)
      case .short: .short
      case .interrupted: .error(EINTR)
      case .lateInputOutput: .lateError(EIO)
      }
    }

    /// Which of so many calls are made to fail, one at a time: each one in an optimised build. In a debug build
    /// each fault takes others, so that all together still take every call.
    func calls(of count: Int) -> StrideTo<Int> {
      #if DEBUG
        let all = Self.allCases
        return stride(from: all.firstIndex(of: self) ?? 0, to: count, by: all.count)
      #else
        return stride(from: 0, to: count, by: 1)
      #endif
    }
  }

  /// One load into a lake that holds one already, with the call `callIndex` of it failing.
  struct Attempt {
    let machine = CrashMachine()
    let worker: CrashWorker
    let model = Monitor(CrashModel())
    let result: Result<CommitReceipt, any Error>
    /// The calls of the load, the first one at index 0.
    let calls: [String]

    init(
      _ effect: CrashFault.Effect?, at callIndex: Int, lasts: Bool, threadCount: Int = 1
    ) throws {
      let worker = CrashWorker(
        machine.process(0), seed: 3, model: model, fileThreadCount: threadCount)
      self.worker = worker
      let lake = try #require(worker.openOrCreate())
      worker.load(1, into: lake)
      // A second process, which must test the file system and prove the head like any other.
      let second = try Lake.open(in: worker.environment)
      let start = machine.callCount(of: 0)
      let logStart = machine.log.count
      if let effect {
        machine.script(
          CrashFault(callIndex: start + callIndex, effect: effect, lasts: lasts), for: 0)
      }
      result = worker.load(3, into: second)
      machine.script(nil, for: 0)
      calls = Array(machine.log[logStart...])
    }
  }

  @Test(arguments: Fault.allCases, [false, true])
  func noFaultIsTakenForSuccess(_ fault: Fault, lasts: Bool) throws {
    for threadCount in [1, 2] {
      try tryEachCall(fault, lasts: lasts, threadCount: threadCount)
    }
  }

  private func tryEachCall(_ fault: Fault, lasts: Bool, threadCount: Int) throws {
    let callCount = try Attempt(nil, at: 0, lasts: false, threadCount: threadCount).calls.count
    #expect(callCount > 50)
    var failureCount = 0
    for index in fault.calls(of: callCount) {
      let attempt = try Attempt(fault.effect, at: index, lasts: lasts, threadCount: threadCount)
      let name =
        "\(fault) \(lasts ? "for ever" : "once") at call \(index), \(threadCount) threads"
      #expect(attempt.machine.repeatedSynchronizations.isEmpty, "\(name): fsync was tried again")
      // The power goes at once: whatever was acknowledged must be there all the same.
      for seed in 0..<2 as Range<UInt64> {
        do {
          try CrashCheck(model: attempt.model.withLock { $0 }).check(
            attempt.machine.disk.crashed(.random(seed: seed)), continues: false)
        } catch {
          Issue.record("\(name), crash \(seed): \(error)")
        }
      }
      if case .failure(let error) = attempt.result {
        failureCount += 1
        if fault == .interrupted && !lasts {
          // Other calls are simply made again.
          let call = attempt.calls[index]
          #expect(
            call.contains("synchronize") || call.contains("close") || call.contains("link"),
            "\(name): \(call)")
        }
        try checkFailure(error, attempt, name, fault: fault, lasts: lasts)
      }
      // The power stays: the same load again finds out, and needs no repair.
      let again = attempt.worker.load(3, into: try Lake.open(in: attempt.worker.environment))
      if case .failure(let error) = again, !(error is CrashWorker.AlreadyLoaded) {
        Issue.record("\(name): the load could not be made again: \(error)")
      }
      try CrashCheck(model: attempt.model.withLock { $0 }).check(
        attempt.machine.disk, continues: false)
    }
    #expect((failureCount > 0) == (fault != .short), "\(fault): \(failureCount) loads failed")
  }

  /// The error says what is so, and what it leaves behind is what it must.
  private func checkFailure(
    _ error: any Error, _ attempt: Attempt, _ name: String, fault: Fault, lasts: Bool
  ) throws {
    let error = try #require(error as? StoreError, "\(name)")
    #expect([74, 75, 76].contains(error.exitCode), "\(name): \(error)")
    if fault == .diskFull || fault == .quota, error.exitCode == 74 {
      #expect(
        error.code == .diskFull || error.code == .unsuitableFileSystem, "\(name): \(error)")
    }
    let removals = attempt.calls.filter { $0.contains("remove data/") }.count
    let leftCount = try dataFiles(attempt).count
    if error.code == .unknownCommitState {
      #expect(removals == 0, "\(name): files were removed in an unknown state")
      #expect(leftCount == 4, "\(name)")
    } else if !attempt.calls.contains(where: { $0.contains("remove") }) || !lasts {
      // Only the first load's two files, unless removing is what failed.
      #expect(leftCount <= 3, "\(name): \(leftCount) files are left")
    }
  }

  private func dataFiles(_ attempt: Attempt) throws -> [LakePath] {
    let lake = try Lake.open(in: attempt.worker.environment)
    let orphans = try lake.verify().orphans.filter { $0.hasPrefix("data/") }
    let named = try lake.snapshot().manifest.entries().map(\.path)
    return named + orphans.map { _ in LakePath.data }
  }

  /// An error that may hide a success is looked into.
  @Test func aLinkThatWorkedButReportedAnErrorIsFoundOut() throws {
    let calls = try Attempt(nil, at: 0, lasts: false).calls
    let link = try #require(calls.firstIndex { $0.contains("link manifests/") })
    let attempt = try Attempt(.lateError(EIO), at: link, lasts: false)
    #expect(try attempt.result.get().version == 2)
    let error = try Attempt(.error(EIO), at: link, lasts: false)
    #expect(throws: StoreError.self) { try error.result.get() }
    #expect(try Lake.open(in: error.worker.environment).snapshot().manifest.version == 1)
  }

  @Test func aFailedLastFsyncLeavesTheStateUnknownAndDeletesNothing() throws {
    let calls = try Attempt(nil, at: 0, lasts: false).calls
    let last = try #require(calls.lastIndex { $0.contains("synchronizeDirectory manifests") })
    let attempt = try Attempt(.error(EIO), at: last, lasts: false)
    let error = #expect(throws: StoreError.self) { try attempt.result.get() }
    #expect(error?.exitCode == 75)
    #expect(!attempt.calls.contains { $0.contains("remove") })
  }

  @Test func aFullDiskIsSaidPlainly() throws {
    let calls = try Attempt(nil, at: 0, lasts: false).calls
    let write = try #require(calls.firstIndex { $0.contains("allocate data/") })
    let attempt = try Attempt(.error(ENOSPC), at: write, lasts: true)
    let error = #expect(throws: StoreError.self) { try attempt.result.get() }
    #expect(error?.message.contains("disk is full") == true)
    #expect(error?.exitCode == 74)
  }
}
