import Glibc
package import LakeStore
internal import TripModel

/// The file system of a `CrashMachine` as one of its processes sees it.
package struct CrashFileSystem: FileSystem {
  let machine: CrashMachine
  let process: Int

  package var displayPath: String { "crash" }

  package func create(_ path: LakePath) throws(SystemError) -> FileHandleNumber {
    try machine.call(process, .create, path) { (state, _) throws(SystemError) in
      let (folder, name) = try state.parent(of: path, .create)
      guard state.disk.folders[folder]?.current[name] == nil else {
        throw SystemError(.create, path, code: EEXIST)
      }
      return state.open(state.disk.addFile(name, to: folder), process)
    }
  }

  package func open(_ path: LakePath) throws(SystemError) -> FileHandleNumber {
    try machine.call(process, .open, path) { (state, _) throws(SystemError) in
      guard let number = state.disk.look(up: path.components[...]) else {
        throw SystemError(.open, path, code: ENOENT)
      }
      guard state.disk.files[number] != nil else {
        throw SystemError(.open, path, code: EINVAL)
      }
      return state.open(number, process)
    }
  }

  package func openForAppending(_ path: LakePath) throws(SystemError) -> FileHandleNumber {
    try open(path)
  }

  package func close(_ file: FileHandleNumber, _ path: LakePath) throws(SystemError) {
    try machine.call(process, .close, path) { (state, _) throws(SystemError) in
      guard let open = state.open.removeValue(forKey: file.rawValue) else {
        throw SystemError(.close, path, code: EBADF)
      }
      state.locks[open.file]?[file.rawValue] = nil
    }
  }

  package func byteCount(
    _ file: FileHandleNumber, _ path: LakePath
  ) throws(SystemError) -> Int {
    try machine.call(process, .byteCount, path) { (state, _) throws(SystemError) in
      try state.file(file, .byteCount, path).current.count
    }
  }

  package func read(
    _ file: FileHandleNumber, _ path: LakePath, at offset: Int,
    into destination: UnsafeMutableRawBufferPointer
  ) throws(SystemError) -> Int {
    try machine.call(process, .read, path) { (state, effect) throws(SystemError) in
      let bytes = try state.file(file, .read, path).current
      guard offset < bytes.count else { return 0 }
      var count = min(destination.count, bytes.count - offset)
      if case .short? = effect { count = max(1, count / 2) }
      destination.copyBytes(from: bytes[offset..<offset + count])
      return count
    }
  }

  package func write(
    _ file: FileHandleNumber, _ path: LakePath, at offset: Int, _ bytes: RawSpan
  ) throws(SystemError) -> Int {
    let all = bytes.withUnsafeBytes { Array($0) }
    return try machine.call(process, .write, path) { (state, effect) throws(SystemError) in
      _ = try state.file(file, .write, path)
      var part = all
      if case .short? = effect { part = Array(part.prefix(max(1, part.count / 2))) }
      state.disk.write(part, at: offset, to: state.open[file.rawValue]?.file ?? -1)
      return part.count
    }
  }

  /// Blocks of this file system, which `writeDirect` writes whole.
  private static let blockByteCount = 64

  /// The bytes are pending as all others until the file is synchronized.
  package func writeDirect(
    _ file: FileHandleNumber, _ path: LakePath, at offset: Int, _ bytes: RawSpan
  ) throws(SystemError) -> Int? {
    let count = bytes.byteCount - bytes.byteCount % Self.blockByteCount
    guard count > 0, offset.isMultiple(of: Self.blockByteCount) else { return nil }
    return try write(file, path, at: offset, bytes.extracting(0..<count))
  }

  package func allocate(
    _ file: FileHandleNumber, _ path: LakePath, byteCount: Int
  ) throws(SystemError) {
    try machine.call(process, .allocate, path) { (state, _) throws(SystemError) in
      let current = try state.file(file, .allocate, path).current.count
      guard current < byteCount, let number = state.open[file.rawValue]?.file else { return }
      let zeros = [UInt8](repeating: 0, count: byteCount - current)
      state.disk.write(zeros, at: current, to: number)
    }
  }

  package func synchronize(_ file: FileHandleNumber, _ path: LakePath) throws(SystemError) {
    try machine.call(process, .synchronize, path) { (state, _) throws(SystemError) in
      guard let number = state.open[file.rawValue]?.file else {
        throw SystemError(.synchronize, path, code: EBADF)
      }
      state.noteSynchronization(of: number, path)
      if !state.passes(SynchronizationPoint(file: path)) { state.disk.synchronizeFile(number) }
    }
  }

  package func synchronizeDirectory(_ path: LakePath) throws(SystemError) {
    try machine.call(process, .synchronizeDirectory, path) { (state, _) throws(SystemError) in
      let folder = try state.folder(path, .synchronizeDirectory)
      let known = state.processes[process] ?? CrashProcess(number: process)
      if !state.passes(SynchronizationPoint(folder: path, process: known)) {
        state.disk.synchronizeFolder(folder)
      }
    }
  }

  package func makeDirectory(_ path: LakePath) throws(SystemError) {
    try machine.call(process, .makeDirectory, path) { (state, _) throws(SystemError) in
      let (folder, name) = try state.parent(of: path, .makeDirectory)
      guard state.disk.folders[folder]?.current[name] == nil else {
        throw SystemError(.makeDirectory, path, code: EEXIST)
      }
      state.disk.addFolder(name, to: folder)
    }
  }

  package func list(_ path: LakePath) throws(SystemError) -> [DirectoryEntry] {
    try machine.call(process, .list, path) { (state, _) throws(SystemError) in
      let folder = try state.folder(path, .list)
      let names = state.disk.folders[folder]?.current ?? [:]
      return names.sorted { $0.key < $1.key }.map { name, number in
        DirectoryEntry(
          name: ByteString(name), kind: state.disk.files[number] == nil ? .directory : .file)
      }
    }
  }

  package func link(_ source: LakePath, to target: LakePath) throws(SystemError) {
    try machine.call(process, .link, target) { (state, _) throws(SystemError) in
      guard let number = state.disk.look(up: source.components[...]) else {
        throw SystemError(.link, target, code: ENOENT)
      }
      let (folder, name) = try state.parent(of: target, .link)
      guard state.disk.folders[folder]?.current[name] == nil else {
        throw SystemError(.link, target, code: EEXIST)
      }
      state.disk.add(name, number, to: folder)
    }
  }

  package func remove(_ path: LakePath) throws(SystemError) {
    try machine.call(process, .remove, path) { (state, _) throws(SystemError) in
      let (folder, name) = try state.parent(of: path, .remove)
      guard let number = state.disk.folders[folder]?.current[name] else {
        throw SystemError(.remove, path, code: ENOENT)
      }
      guard state.disk.files[number] != nil else {
        throw SystemError(.remove, path, code: EISDIR)
      }
      state.disk.remove(name, from: folder)
    }
  }

  package func lock(
    _ file: FileHandleNumber, _ path: LakePath, _ mode: LockMode
  ) throws(SystemError) -> Bool {
    try machine.call(process, .lock, path) { (state, _) throws(SystemError) in
      guard let number = state.open[file.rawValue]?.file else {
        throw SystemError(.lock, path, code: EBADF)
      }
      let others = (state.locks[number] ?? [:]).filter { $0.key != file.rawValue }.values
      let isFree = mode == .shared ? !others.contains(.exclusive) : others.isEmpty
      if isFree { state.locks[number, default: [:]][file.rawValue] = mode }
      return isFree
    }
  }

  package func isSame(
    _ file: FileHandleNumber, _ path: LakePath
  ) throws(SystemError) -> Bool {
    try machine.call(process, .isSame, path) { (state, _) throws(SystemError) in
      guard let number = state.open[file.rawValue]?.file else {
        throw SystemError(.isSame, path, code: EBADF)
      }
      return state.disk.look(up: path.components[...]) == number
    }
  }

  package func linkCount(
    _ file: FileHandleNumber, _ path: LakePath
  ) throws(SystemError) -> Int {
    try machine.call(process, .linkCount, path) { (state, _) throws(SystemError) in
      _ = try state.file(file, .linkCount, path)
      return state.disk.linkCount(of: state.open[file.rawValue]?.file ?? -1)
    }
  }
}

extension CrashMachine.State {
  fileprivate func folder(
    _ path: LakePath, _ call: FileSystemCall
  ) throws(SystemError) -> Int {
    guard let number = disk.look(up: path.components[...]) else {
      throw SystemError(call, path, code: ENOENT)
    }
    guard disk.folders[number] != nil else { throw SystemError(call, path, code: ENOTDIR) }
    return number
  }

  fileprivate func parent(
    of path: LakePath, _ call: FileSystemCall
  ) throws(SystemError) -> (folder: Int, name: String) {
    guard let name = path.name else { throw SystemError(call, path, code: EISDIR) }
    return (try folder(path.parent, call), name)
  }

  fileprivate func file(
    _ handle: FileHandleNumber, _ call: FileSystemCall, _ path: LakePath
  ) throws(SystemError) -> CrashDisk.File {
    guard let open = open[handle.rawValue], let file = disk.files[open.file] else {
      throw SystemError(call, path, code: EBADF)
    }
    return file
  }

  fileprivate mutating func open(_ number: Int, _ process: Int) -> FileHandleNumber {
    defer { nextHandle += 1 }
    open[nextHandle] = CrashMachine.OpenFile(process: process, file: number)
    return FileHandleNumber(rawValue: nextHandle)
  }

  /// Notes the point; true where it is to be left out.
  fileprivate mutating func passes(_ point: SynchronizationPoint?) -> Bool {
    guard let point else { return false }
    passed.insert(point)
    return point == ignored
  }
}
