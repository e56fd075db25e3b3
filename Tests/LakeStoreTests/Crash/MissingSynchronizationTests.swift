import LakeStore
import LakeTestSupport
import Testing

/// The crash tests see each fsync: with any one of them left out, they fail.
@Suite struct MissingSynchronizationTests {
  @Test(arguments: SynchronizationPoint.allCases)
  func leavingOneOutIsNoticed(_ point: SynchronizationPoint) throws {
    var random = SeededRandom(seed: 4)
    var stateCount = 0
    for _ in 0..<1000 {
      for workload in point.workloads {
        let runSeed = random.next() % 1_000_000
        let run = try CrashRun(workload, seed: runSeed, ignoring: point)
        guard run.passed.contains(point) else { continue }
        for moment in run.moments {
          stateCount += 1
          do {
            try CrashCheck(model: moment.model).check(
              moment.disk.crashed(.random(seed: random.next())), continues: false)
          } catch {
            print("without \(point): state \(stateCount) of \(workload) is bad: \(error)")
            return
          }
        }
      }
    }
    Issue.record("\(stateCount) states without the fsync of \(point), and none was found bad")
  }
}

extension SynchronizationPoint {
  /// Work in which the point matters.
  fileprivate var workloads: [CrashWorkload] {
    switch self {
    case .manifestsByReader, .manifestsBeforeBuilding, .rootByOpener: [.killedThenRetried]
    case .manifestsAfterRemoval, .cleanedFolder: [.cleanedUp]
    default: [.createAndAppend]
    }
  }
}
