import Glibc
import LakeStore
import LakeTestSupport
import Testing

/// The kinds of work that are cut off at every call.
enum CrashWorkload: String, CaseIterable, Sendable, CustomTestStringConvertible {
  /// Makes a lake and loads three inputs.
  case createAndAppend
  /// Two writers and a reader on one lake.
  case twoWritersAndReader
  /// A writer is killed anywhere; another process makes the same loads again, and a reader looks on.
  case killedThenRetried
  /// A writer whose calls fail goes on; the load is tried again.
  case failedThenRetried
  /// Loads are undone and made again.
  case undone
  /// Two processes undo the same load while a third loads; one of them is killed anywhere.
  case undoneByTwo
  /// Clean-up after loads and an undo, in the middle of a load, and after it.
  case cleanedUp
  /// Clean-ups of two processes beside a writer, which is killed anywhere; one of them also reads.
  case cleanedUpBeside

  var testDescription: String { rawValue }
}

/// The disk and the model before one call of a workload.
struct CrashMoment: Sendable {
  let disk: CrashDisk
  let model: CrashModel
  let call: String
}

/// One run of a workload, with what a power cut would meet before each of its calls.
struct CrashRun {
  private(set) var moments: [CrashMoment]
  let passed: Set<SynchronizationPoint>

  init(_ workload: CrashWorkload, seed: UInt64, ignoring point: SynchronizationPoint? = nil) throws
  {
    var random = SeededRandom(seed: seed)
    let machine = CrashMachine(seed: random.next())
    machine.ignore(point)
    let model = Monitor(CrashModel())
    let moments = Monitor([CrashMoment]())
    machine.observe { disk in
      let moment = CrashMoment(disk: disk, model: model.withLock { $0 }, call: "")
      moments.withLock { $0.append(moment) }
    }
    let workers = (0..<workload.processCount).map { number in
      CrashWorker(machine.process(number), seed: seed + UInt64(number), model: model)
    }
    try workload.run(machine, workers, &random)
    let last = CrashMoment(disk: machine.disk, model: model.withLock { $0 }, call: "end")
    self.moments = moments.withLock { $0 } + [last]
    passed = machine.passed
  }
}

extension CrashWorkload {
  fileprivate var processCount: Int {
    switch self {
    case .createAndAppend, .failedThenRetried, .undone, .cleanedUp: 1
    case .twoWritersAndReader, .killedThenRetried, .undoneByTwo, .cleanedUpBeside: 3
    }
  }

  fileprivate func run(
    _ machine: CrashMachine, _ workers: [CrashWorker], _ random: inout SeededRandom
  ) throws {
    switch self {
    case .createAndAppend:
      let worker = workers[0]
      guard let lake = worker.openOrCreate() else { return }
      for identity in 1...3 as ClosedRange<UInt64> { worker.load(identity, into: lake) }
    case .twoWritersAndReader:
      try machine.run([
        { Self.write([1, 2], by: workers[0]) },
        { Self.write([3, 4], by: workers[1]) },
        { Self.read(times: 12, by: workers[2]) },
      ])
    case .killedThenRetried:
      if random.chance(0.5) {
        let points: [SynchronizationPoint] = [.manifestsAfterLink, .rootAfterSettings]
        machine.kill(0, before: points[random.integer(in: 0..<points.count)])
      } else {
        machine.kill(0, atCall: random.integer(in: 0..<95))
      }
      try machine.run([
        { Self.write([1, 2], by: workers[0]) },
        { Self.write([1, 2, 3], by: workers[1]) },
        { Self.read(times: 6, by: workers[2]) },
      ])
    case .failedThenRetried:
      let worker = workers[0]
      guard let lake = worker.openOrCreate() else { return }
      let fault = CrashFault(
        callIndex: machine.callCount(of: 0) + random.integer(in: 0..<60),
        effect: Self.effects[random.integer(in: 0..<Self.effects.count)],
        lasts: random.chance(0.3))
      machine.script(fault, for: 0)
      worker.load(1, into: lake)
      machine.script(nil, for: 0)
      // As the next run of the program would: nothing is remembered from the first.
      guard let again = try? Lake.open(in: worker.environment) else { return }
      worker.load(1, into: again)
      worker.load(2, into: again)
    case .undone:
      let worker = workers[0]
      guard let lake = worker.openOrCreate() else { return }
      for identity in [1, 2] as [UInt64] { worker.load(identity, into: lake) }
      worker.undo(1, in: lake)
      worker.load(1, into: lake)
      worker.undo(2, in: lake)
    case .undoneByTwo:
      machine.kill(0, atCall: random.integer(in: 0..<120))
      try machine.run([
        { Self.write([1, 2], thenUndo: 1, by: workers[0]) },
        { Self.write([1, 3], thenUndo: 1, by: workers[1]) },
        { Self.write([4], thenUndo: 3, by: workers[2]) },
      ])
    case .cleanedUp:
      let worker = workers[0]
      guard let lake = worker.openOrCreate() else { return }
      for identity in [1, 2] as [UInt64] { worker.load(identity, into: lake) }
      worker.undo(1, in: lake)
      // A clean-up in the middle of a load leaves the load's files alone.
      let keptCount = random.integer(in: 1..<3)
      worker.load(3, into: lake) { worker.cleanUp(lake, keeping: keptCount) }
      worker.load(4, into: lake)
      worker.cleanUp(lake)
    case .cleanedUpBeside:
      machine.kill(0, atCall: random.integer(in: 0..<160))
      try machine.run([
        { Self.write([1, 2, 3], thenUndo: 1, by: workers[0]) },
        { Self.cleanUp(times: 5, by: workers[1]) },
        { Self.hold(times: 3, by: workers[2]) },
      ])
    }
  }

  private static func cleanUp(times: Int, by worker: CrashWorker) {
    for _ in 0..<times {
      if let lake = try? Lake.open(in: worker.environment) { worker.cleanUp(lake) }
    }
  }

  /// Reads every file of a version while others work on, and cleans up as they do.
  private static func hold(times: Int, by worker: CrashWorker) {
    for _ in 0..<times {
      guard let lake = try? Lake.open(in: worker.environment) else { continue }
      worker.readAll(lake)
      worker.cleanUp(lake)
    }
  }

  private static func write(
    _ identities: [UInt64], thenUndo undone: UInt64, by worker: CrashWorker
  ) {
    write(identities, by: worker)
    if let lake = try? Lake.open(in: worker.environment) { worker.undo(undone, in: lake) }
  }

  private static let effects: [CrashFault.Effect] = [
    .error(EIO), .error(ENOSPC), .lateError(EIO), .error(EINTR), .short,
  ]

  private static func write(_ identities: [UInt64], by worker: CrashWorker) {
    guard let lake = worker.openOrCreate() else { return }
    for identity in identities { worker.load(identity, into: lake) }
  }

  private static func read(times: Int, by worker: CrashWorker) {
    for _ in 0..<times {
      // Each time as a program of its own, which has seen nothing reach the disk yet.
      if let lake = try? Lake.open(in: worker.environment) { worker.read(lake) }
    }
  }
}
