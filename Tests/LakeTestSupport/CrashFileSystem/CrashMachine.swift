internal import LakeStore

/// A computer with a `CrashDisk` and processes, of which exactly one runs at any time.
///
/// At each call of the file system a process hands over, and a seed decides who goes on, so a run with
/// several processes is as repeatable as one with a single one.
package final class CrashMachine: Sendable {
  /// What a call of a killed process fails with; no system uses the number.
  package static let killedCode: Int32 = 9999

  struct OpenFile {
    let process: Int
    let file: Int
  }

  struct State {
    var disk = CrashDisk()
    var processes: [Int: CrashProcess] = [:]
    var open: [Int32: OpenFile] = [:]
    var locks: [Int: [Int32: LockMode]] = [:]
    var nextHandle: Int32 = 3
    var random: SeededRandom
    /// How likely a process goes on at its next call; drawn once a run, so that long stretches occur.
    var stickiness = 0.0
    var lastRunning: Int?
    /// Who runs; `nil` while the next one is not chosen.
    var running: Int?
    var waiting: Set<Int> = []
    var faults: [Int: CrashFault] = [:]
    var faultKind: [Int: FileSystemCall] = [:]
    var killTimes: [Int: Int] = [:]
    var killPoints: [Int: SynchronizationPoint] = [:]
    var ignored: SynchronizationPoint?
    var log: [String] = []
    /// Files whose fsync failed and was tried again.
    var repeatedSynchronizations: [String] = []
    /// Called before each call with the disk as it is.
    var observer: (@Sendable (CrashDisk) -> Void)?
    /// Points that were passed, whether heeded or not.
    var passed: Set<SynchronizationPoint> = []
  }

  let state: Monitor<State>

  package init(disk: CrashDisk = CrashDisk(), seed: UInt64 = 0) {
    var state = State(random: SeededRandom(seed: seed))
    state.stickiness = [0, 0.7, 0.97][state.random.integer(in: 0..<3)]
    state.disk = disk
    self.state = Monitor(state)
  }

  /// A file system as the process `number` sees it. All processes are made before the first one runs.
  package func process(_ number: Int) -> CrashFileSystem {
    state.withLock { $0.processes[number] = CrashProcess(number: number) }
    return CrashFileSystem(machine: self, process: number)
  }

  package var disk: CrashDisk { state.withLock { $0.disk } }
  package var log: [String] { state.withLock { $0.log } }
  package var passed: Set<SynchronizationPoint> { state.withLock { $0.passed } }
  package var repeatedSynchronizations: [String] {
    state.withLock { $0.repeatedSynchronizations }
  }

  package func callCount(of process: Int) -> Int {
    state.withLock { $0.processes[process]?.callCount ?? 0 }
  }

  /// Lets one kind of fsync do nothing.
  package func ignore(_ point: SynchronizationPoint?) {
    state.withLock { $0.ignored = point }
  }

  package func script(_ fault: CrashFault?, for process: Int) {
    state.withLock { state in
      state.faults[process] = fault
      state.faultKind[process] = nil
    }
  }

  /// Kills the process before its call of this index takes effect.
  package func kill(_ process: Int, atCall index: Int) {
    state.withLock { $0.killTimes[process] = index }
  }

  /// Kills the process before it first brings this to the disk.
  package func kill(_ process: Int, before point: SynchronizationPoint) {
    state.withLock { $0.killPoints[process] = point }
  }

  /// Is called before each call takes effect, with the disk as it is then.
  package func observe(_ observer: @escaping @Sendable (CrashDisk) -> Void) {
    state.withLock { $0.observer = observer }
  }

  /// Runs the bodies as processes until all have ended. Body `n` is process `n`.
  package func run(_ bodies: [@Sendable () -> Void]) throws {
    try WorkerGroup.run(threadCount: bodies.count) { index in
      bodies[index]()
      self.end(index)
    }
  }

  /// The process makes no further call.
  package func end(_ process: Int) {
    state.withLock { state in
      state.drop(process)
      state.processes[process]?.isKilled = true
      state.waiting.remove(process)
      if state.running == process { state.running = nil }
      state.chooseNext()
    }
  }
}

extension CrashMachine.State {
  /// Once every living process stands at a call, one of them goes on.
  mutating func chooseNext() {
    let living = processes.filter { !$0.value.isKilled }.keys
    guard running == nil, !waiting.isEmpty, living.allSatisfy({ waiting.contains($0) }) else {
      return
    }
    let candidates = waiting.sorted()
    if let last = lastRunning, waiting.contains(last), random.chance(stickiness) {
      running = last
    } else {
      running = candidates[random.integer(in: 0..<candidates.count)]
    }
    lastRunning = running
  }

  /// Takes away what a process holds, as its death does.
  mutating func drop(_ process: Int) {
    for (handle, file) in open where file.process == process {
      locks[file.file]?[handle] = nil
      open[handle] = nil
    }
  }
}
