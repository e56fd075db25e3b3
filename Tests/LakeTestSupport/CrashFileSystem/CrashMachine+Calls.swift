import Glibc
import LakeStore

extension CrashMachine {
  /// Lets one call of a process take effect when its turn comes.
  func call<Result>(
    _ process: Int, _ call: FileSystemCall, _ path: LakePath,
    _ body: (inout State, CrashFault.Effect?) throws(SystemError) -> Result
  ) throws(SystemError) -> Result {
    state.withLock { state in
      // A killed process goes on only to see its calls fail.
      guard state.processes[process]?.isKilled == false else { return }
      if state.running == process { state.running = nil }
      state.waiting.insert(process)
      state.chooseNext()
    }
    let outcome: Swift.Result<Result, SystemError> = state.wait { state in
      let isKilled = state.processes[process]?.isKilled ?? true
      guard isKilled || state.running == process else { return nil }
      state.waiting.remove(process)
      do throws(SystemError) {
        return .success(try Self.perform(process, call, path, &state, body))
      } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  private static func perform<Result>(
    _ process: Int, _ call: FileSystemCall, _ path: LakePath, _ state: inout State,
    _ body: (inout State, CrashFault.Effect?) throws(SystemError) -> Result
  ) throws(SystemError) -> Result {
    guard var known = state.processes[process], !known.isKilled else {
      throw SystemError(call, path, code: killedCode)
    }
    state.observer?(state.disk)
    let index = known.callCount
    known.callCount += 1
    state.processes[process] = known
    state.log.append("\(process): \(call.rawValue) \(path.text)")
    if state.killTimes[process] == index || state.isKillPoint(call, path, known) {
      state.processes[process]?.isKilled = true
      state.drop(process)
      state.running = nil
      state.chooseNext()
      throw SystemError(call, path, code: killedCode)
    }
    let effect = state.effect(of: call, process: process, index: index)
    if case .error(let code)? = effect {
      state.noteFailure(of: call, path)
      throw SystemError(call, path, code: code)
    }
    let result = try body(&state, effect)
    state.processes[process]?.note(call, path)
    if case .lateError(let code)? = effect { throw SystemError(call, path, code: code) }
    return result
  }
}

extension CrashMachine.State {
  fileprivate func isKillPoint(
    _ call: FileSystemCall, _ path: LakePath, _ process: CrashProcess
  ) -> Bool {
    guard let point = killPoints[process.number] else { return false }
    switch call {
    case .synchronize: return SynchronizationPoint(file: path) == point
    case .synchronizeDirectory:
      return SynchronizationPoint(folder: path, process: process) == point
    default: return false
    }
  }

  fileprivate mutating func effect(
    of call: FileSystemCall, process: Int, index: Int
  ) -> CrashFault.Effect? {
    guard let fault = faults[process] else { return nil }
    if index == fault.callIndex {
      faultKind[process] = call
      return fault.effect
    }
    return fault.lasts && index > fault.callIndex && faultKind[process] == call
      ? fault.effect : nil
  }

  /// The side effects of a call that reports an error.
  fileprivate mutating func noteFailure(of call: FileSystemCall, _ path: LakePath) {
    guard let number = disk.look(up: path.components[...]) else { return }
    switch call {
    case .synchronize: failSynchronization(of: number, path)
    case .close:
      // The number is given back also when the call fails.
      for (handle, file) in open where file.file == number {
        locks[file.file]?[handle] = nil
        open[handle] = nil
      }
    default: break
    }
  }

  mutating func failSynchronization(of file: Int, _ path: LakePath) {
    noteSynchronization(of: file, path)
    disk.failSynchronization(ofFile: file)
  }

  /// Keeps a list of files that are brought to the disk again after that failed.
  mutating func noteSynchronization(of file: Int, _ path: LakePath) {
    if disk.files[file]?.hasFailedSynchronization ?? false {
      repeatedSynchronizations.append(path.text)
    }
  }
}
