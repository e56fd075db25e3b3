import LakeStore
import LakeTestSupport
import Testing

/// What a power cut leaves of a journal: all that was brought to the disk, and a journal that goes on.
@Suite struct JournalCrashTests {
  private static let stateCount = 400

  /// What two processes have appended, and which of it is on the disk for certain.
  private struct Model: Sendable {
    var appended: Set<String> = []
    var durable: Set<String> = []
  }

  private struct Moment: Sendable {
    let disk: CrashDisk
    let durable: Set<String>
  }

  private static func append(_ text: String, to journal: LineJournal, _ model: Monitor<Model>) {
    model.withLock { _ = $0.appended.insert(text) }
    try? journal.append { _ in [Array(text.utf8)] }
  }

  /// Two processes that append by turns and now and then bring the journal to the disk.
  private func moments(seed: UInt64) throws -> [Moment] {
    let first = CrashMachine()
    _ = try Lake.create(
      in: StoreEnvironment(fileSystem: first.process(0)), settings: StoreSamples.settings)
    let machine = CrashMachine(disk: first.disk, seed: seed)
    let moments = Monitor([Moment]())
    let model = Monitor(Model())
    let environments = [0, 1].map { StoreEnvironment(fileSystem: machine.process($0)) }
    machine.observe { disk in
      let durable = model.withLock { $0.durable }
      moments.withLock { $0.append(Moment(disk: disk, durable: durable)) }
    }
    try machine.run(
      environments.indices.map { index in
        {
          guard let own = try? Lake.open(in: environments[index]) else { return }
          let journal = LineJournal(own, .deliveries, segmentByteLimit: 120)
          for number in 0..<5 {
            Self.append("process \(index) line \(number)", to: journal, model)
            if number % 2 == 1 {
              let lines = (0...number).map { "process \(index) line \($0)" }
              if (try? journal.synchronize()) != nil {
                model.withLock { $0.durable.formUnion(lines) }
              }
            }
          }
        }
      })
    return moments.withLock { $0 }
  }

  @Test func whatWasBroughtToTheDiskIsThereAndTheJournalGoesOn() throws {
    var random = SeededRandom(seed: 77)
    var count = 0
    while count < Self.stateCount {
      let seed = random.next() % 1_000_000
      for moment in try moments(seed: seed) where random.chance(0.3) {
        let crash = random.next() % 1_000_000
        try check(moment, crash: crash, "seed \(seed) crash \(crash)")
        count += 1
      }
    }
  }

  private func check(_ moment: Moment, crash: UInt64, _ name: String) throws {
    let machine = CrashMachine(disk: moment.disk.crashed(.random(seed: crash)))
    let environment = StoreEnvironment(fileSystem: machine.process(0))
    guard let lake = try? Lake.open(in: environment) else {
      #expect(moment.durable.isEmpty, "\(name)")
      return
    }
    let journal = LineJournal(lake, .deliveries, segmentByteLimit: 120)
    let before = try texts(of: journal)
    #expect(moment.durable.isSubset(of: before), "\(name)")
    try journal.append { _ in [Array("afterwards".utf8)] }
    let after = try texts(of: journal)
    #expect(after.contains("afterwards"), "\(name)")
    #expect(moment.durable.isSubset(of: after), "\(name)")
    var backward = try journal.backwardLines()
    #expect(try backward.next() == Array("afterwards".utf8), "\(name)")
  }

  private func texts(of journal: LineJournal) throws -> Set<String> {
    var lines = journal.forwardLines()
    var texts: Set<String> = []
    while case let more = try lines.next(), !more.isEmpty {
      texts.formUnion(more.map { String(decoding: $0, as: UTF8.self) })
    }
    return texts
  }
}
