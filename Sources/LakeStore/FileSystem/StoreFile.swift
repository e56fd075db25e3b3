internal import LakeFile

internal import Synchronization

/// One open file of a lake; it is closed when the object goes, at the latest.
///
/// Short reads and writes and interrupted calls are carried on here; a failed `synchronize` or `close`
/// is never tried again, because a second success would prove nothing about the bytes.
package final class StoreFile: Sendable {
  package let path: LakePath
  private let fileSystem: any FileSystem
  private let handle: FileHandleNumber
  /// The size when it was opened for reading; 0 for a file that is written.
  package let byteCount: Int
  private let isOpen = Mutex(true)

  /// Opens an existing file for reading and locking.
  package init(opening path: LakePath, in fileSystem: any FileSystem) throws(SystemError) {
    let handle = try FileSystemCall.retrying { () throws(SystemError) in try fileSystem.open(path) }
    do {
      byteCount = try FileSystemCall.retrying { () throws(SystemError) in
        try fileSystem.byteCount(handle, path)
      }
    } catch {
      try? fileSystem.close(handle, path)
      throw error
    }
    self.path = path
    self.fileSystem = fileSystem
    self.handle = handle
  }

  /// Opens an existing file for reading, locking and appending.
  init(appendingTo path: LakePath, in fileSystem: any FileSystem) throws(SystemError) {
    handle = try FileSystemCall.retrying { () throws(SystemError) in
      try fileSystem.openForAppending(path)
    }
    byteCount = 0
    self.path = path
    self.fileSystem = fileSystem
  }

  /// Makes a new file; `EEXIST` where there is one.
  package init(creating path: LakePath, in fileSystem: any FileSystem) throws(SystemError) {
    handle = try FileSystemCall.retrying { () throws(SystemError) in try fileSystem.create(path) }
    byteCount = 0
    self.path = path
    self.fileSystem = fileSystem
  }

  deinit {
    if isOpen.withLock({ $0 }) { try? fileSystem.close(handle, path) }
  }

  /// Fills all of `destination` from `offset` on; `EIO` where the file ends before.
  func readExactly(
    at offset: Int, into destination: UnsafeMutableRawBufferPointer
  ) throws(SystemError) {
    var position = 0
    while position < destination.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: destination[position...])
      let count = try FileSystemCall.retrying { () throws(SystemError) in
        try fileSystem.read(handle, path, at: offset + position, into: rest)
      }
      guard count > 0 else { throw SystemError(.read, path, code: SystemError.inputOutput) }
      position += count
    }
  }

  /// The size that the file has by now.
  func currentByteCount() throws(SystemError) -> Int {
    try FileSystemCall.retrying { () throws(SystemError) in
      try fileSystem.byteCount(handle, path)
    }
  }

  /// Some bytes of the file; `EIO` where it ends before.
  func readBytes(at offset: Int, count: Int) throws(SystemError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let outcome: Result<Void, SystemError> = bytes.withUnsafeMutableBytes { buffer in
      do throws(SystemError) {
        return .success(try readExactly(at: offset, into: buffer))
      } catch {
        return .failure(error)
      }
    }
    try outcome.get()
    return bytes
  }

  func readByte(at offset: Int) throws(SystemError) -> UInt8 {
    try readBytes(at: offset, count: 1)[0]
  }

  /// Writes all of `bytes` from `offset` on.
  func write(_ bytes: [UInt8], at offset: Int) throws(SystemError) {
    try write(bytes.span.bytes, at: offset)
  }

  func write(_ bytes: RawSpan, at offset: Int) throws(SystemError) {
    try writeAll(bytes) { (start, rest) throws(SystemError) in
      try fileSystem.write(handle, path, at: offset + start, rest)
    }
  }

  /// Writes all of `bytes`, as many as possible from where they lie to the disk.
  ///
  /// - Returns: Whether that was done with all of them, so that an error would have shown.
  func writeDirect(_ bytes: RawSpan, at offset: Int) throws(SystemError) -> Bool {
    var isDirect = true
    try writeAll(bytes) { (start, rest) throws(SystemError) in
      if let count = try fileSystem.writeDirect(handle, path, at: offset + start, rest) {
        return count
      }
      isDirect = false
      return try fileSystem.write(handle, path, at: offset + start, rest)
    }
    return isDirect
  }

  /// - Parameter body: Writes the first of the bytes it is given, which begin at that place of all, and tells how many.
  private func writeAll(
    _ bytes: RawSpan, _ body: (Int, RawSpan) throws(SystemError) -> Int
  ) throws(SystemError) {
    var position = 0
    while position < bytes.byteCount {
      let rest = bytes.extracting(position..<bytes.byteCount)
      let count = try FileSystemCall.retrying { () throws(SystemError) in
        try body(position, rest)
      }
      guard count > 0 else { throw SystemError(.write, path, code: SystemError.inputOutput) }
      position += count
    }
  }

  /// Reserves room, so that a full disk shows before the first byte.
  func allocate(byteCount: Int) throws(SystemError) {
    guard byteCount > 0 else { return }
    try FileSystemCall.retrying { () throws(SystemError) in
      try fileSystem.allocate(handle, path, byteCount: byteCount)
    }
  }

  /// One attempt, never repeated.
  func synchronize() throws(SystemError) {
    try fileSystem.synchronize(handle, path)
  }

  /// One attempt; the file counts as closed also when it throws.
  func close() throws(SystemError) {
    let wasOpen = isOpen.withLock { isOpen in
      defer { isOpen = false }
      return isOpen
    }
    if wasOpen { try fileSystem.close(handle, path) }
  }

  /// Takes a lock that lasts until the file is closed, without waiting.
  package func lock(_ mode: LockMode) throws(SystemError) -> Bool {
    try FileSystemCall.retrying { () throws(SystemError) in try fileSystem.lock(handle, path, mode)
    }
  }

  /// Whether the file's own name still leads to it.
  func isNamed() throws(SystemError) -> Bool {
    try isNamed(path)
  }

  func isNamed(_ name: LakePath) throws(SystemError) -> Bool {
    try FileSystemCall.retrying { () throws(SystemError) in try fileSystem.isSame(handle, name) }
  }

  /// How many names lead to the file.
  func linkCount() throws(SystemError) -> Int {
    try FileSystemCall.retrying { () throws(SystemError) in try fileSystem.linkCount(handle, path) }
  }
}

extension StoreFile: RandomAccessBytes {
  package func read(at offset: Int, into destination: inout MutableRawSpan) throws {
    do {
      try destination.withUnsafeMutableBytes { buffer throws(SystemError) in
        try readExactly(at: offset, into: buffer)
      }
    } catch {
      throw StoreError(error)
    }
  }
}
