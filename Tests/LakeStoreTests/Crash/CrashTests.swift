import Glibc
import LakeStore
import LakeTestSupport
import Testing

/// A power cut anywhere leaves a lake that owes nobody anything.
@Suite struct CrashTests {
  #if DEBUG
    private static let usualStateCount = 200
  #else
    private static let usualStateCount = 1300
  #endif

  /// Random states for each workload; a campaign asks for more through the environment.
  static let stateCount =
    getenv("TRIPLAKE_CRASH_STATES").flatMap { Int(String(cString: $0)) } ?? usualStateCount
  static let firstSeed =
    getenv("TRIPLAKE_CRASH_SEED").flatMap { UInt64(String(cString: $0)) } ?? 20_181_231

  @Test(arguments: CrashWorkload.allCases)
  func everyCrashStateIsGood(_ workload: CrashWorkload) throws {
    var random = SeededRandom(seed: Self.firstSeed)
    var count = 0
    while count < Self.stateCount {
      let runSeed = random.next() % 1_000_000
      let run = try CrashRun(workload, seed: runSeed)
      // Every third moment, beginning anywhere, so that a run gives many states and runs differ.
      for index in stride(from: Int(runSeed % 3), to: run.moments.count, by: 3) {
        let crashSeed = random.next() % 1_000_000
        try Self.check(
          run.moments[index], .random(seed: crashSeed), continues: crashSeed % 4 == 0,
          "workload \(workload) seed \(runSeed) moment \(index) crash \(crashSeed)")
        count += 1
      }
    }
    print("\(workload): \(count) crash states are good, first seed \(Self.firstSeed)")
  }

  /// Where few things are pending, every way of losing them is tried.
  @Test func everyChoiceAtMomentsWithFewPendingThings() throws {
    let limit = Self.stateCount > 10_000 ? 12 : 5
    let run = try CrashRun(.createAndAppend, seed: 7)
    var count = 0
    for (index, moment) in run.moments.enumerated() {
      let pendingCount = moment.disk.pendingCount
      guard pendingCount <= limit else { continue }
      for mask in 0..<UInt64(1) << UInt64(pendingCount) {
        try Self.check(
          moment, .exactly(mask: mask), continues: false, "moment \(index) mask \(mask)")
        count += 1
      }
    }
    #expect(count > 300)
    print("all choices: \(count) crash states are good")
  }

  static func check(
    _ moment: CrashMoment, _ choice: CrashChoice, continues: Bool, _ name: String
  ) throws {
    do {
      try CrashCheck(model: moment.model).check(
        moment.disk.crashed(choice), continues: continues)
    } catch {
      Issue.record("\(name): \(error)")
      throw error
    }
  }
}
