internal import LakeFile
internal import Synchronization

/// The next bytes of a trip file.
struct FilePart: Sendable {
  let path: LakePath
  let bytes: EncodedBytes
  /// How many bytes of the file were written before.
  let offset: Int
  /// Whether no more will follow.
  let isEnd: Bool
}

/// Writes the trip files of a transaction and brings them and their names to the disk (steps W3 and W4), part after part, on
/// threads beside those who write.
///
/// An error of bytes that the system keeps shows in an fsync while the file is open; so each handle that has such bytes gets
/// one before it is closed. For others the one at the file's end is enough.
final class StagedFileWriter: Sendable {
  private let fileSystem: any FileSystem
  private let queue: FileQueue
  private let openLimit: Int
  /// Files with bytes that the system keeps and that are not at their end, the oldest first.
  private let open = Mutex([StoreFile]())
  /// Folders with names of files that may not be on the disk.
  private let folders = Mutex(Set<LakePath>())

  /// The memory of bytes that wait: more than the disk is behind by for a moment.
  private static let waitingByteLimit = 16 << 20

  /// - Parameter openLimit: Files that may stay open until more comes.
  init(fileSystem: any FileSystem, threadCount: Int, openLimit: Int) {
    self.fileSystem = fileSystem
    self.openLimit = openLimit
    queue = FileQueue(threadCount: threadCount, byteLimit: Self.waitingByteLimit)
  }

  /// Has a part written; it need not be on the disk yet when this returns.
  ///
  /// - Throws: What failed first, of this part or earlier ones.
  func write(_ part: FilePart) throws {
    try queue.add(
      FileWork(path: part.path, byteCount: part.bytes.memoryByteCount) { try self.perform(part) })
  }

  /// Waits until the parts of one file are written; until they are on the disk, where its end is among them.
  ///
  /// - Throws: What failed first, of all files.
  func finishParts(of path: LakePath) throws {
    try queue.drain(path)
  }

  /// Waits until all parts are on the disk, and the name of each file that is at its end.
  ///
  /// - Throws: What failed first.
  func finish() throws {
    try queue.drain()
    let files = open.withLock { open in
      defer { open = [] }
      return open
    }
    for file in files { try synchronize(file) }
    try queue.finish()
  }

  /// Drops the parts that are not written, for good.
  func abandon() {
    queue.abandon()
    open.withLock { $0 = [] }
  }

  private func perform(_ part: FilePart) throws {
    let kept = takeOpen(part.path)
    let file = try kept ?? openFile(part)
    if part.offset == 0 {
      _ = folders.withLock { $0.insert(part.path.parent) }
      try file.allocate(byteCount: part.bytes.count)
    }
    let isOnDisk = try part.bytes.withBytes { bytes throws(SystemError) in
      try file.writeDirect(bytes, at: part.offset)
    }
    if part.isEnd {
      try Self.finish(file)
      try synchronizeFolder(part.path.parent)
    } else if isOnDisk, kept == nil {
      try file.close()
    } else {
      try keepOpen(file)
    }
  }

  private func openFile(_ part: FilePart) throws(SystemError) -> StoreFile {
    part.offset == 0
      ? try StoreFile(creating: part.path, in: fileSystem)
      : try StoreFile(appendingTo: part.path, in: fileSystem)
  }

  private func takeOpen(_ path: LakePath) -> StoreFile? {
    open.withLock { open in
      open.firstIndex { $0.path == path }.map { open.remove(at: $0) }
    }
  }

  private func keepOpen(_ file: StoreFile) throws {
    let oldest = open.withLock { open in
      open.append(file)
      return open.count > openLimit ? open.removeFirst() : nil
    }
    if let oldest { try synchronize(oldest) }
  }

  private func synchronize(_ file: StoreFile) throws {
    try queue.add(FileWork(path: file.path, byteCount: 0) { try Self.finish(file) })
  }

  /// A name that comes meanwhile has the folder noted again.
  private func synchronizeFolder(_ folder: LakePath) throws(SystemError) {
    let isNoted = folders.withLock { $0.remove(folder) != nil }
    if isNoted { try fileSystem.synchronizeDirectory(folder) }
  }

  private static func finish(_ file: StoreFile) throws {
    try file.synchronize()
    try file.close()
  }
}
