internal import CLinux
internal import LakeBytes
internal import TripModel

internal import Glibc

/// The file system of this machine, seen from one lake's folder.
///
/// Every path is walked from the folder's descriptor without following symbolic links, one name at a time
/// or by the kernel in one call, so no call leads outside. Descriptors 0 to 2 are never used for data.
package final class LocalFileSystem: FileSystem {
  package let displayPath: String
  let rootDescriptor: Int32

  private static let fileMode: mode_t = 0o640
  private static let folderMode: mode_t = 0o750

  /// Opens an existing folder.
  package init(root path: String) throws(SystemError) {
    displayPath = path
    rootDescriptor = try Self.checked(.open, .root) {
      Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }.movedAboveStandard()
  }

  deinit {
    Glibc.close(rootDescriptor)
  }

  package func create(_ path: LakePath) throws(SystemError) -> FileHandleNumber {
    let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let descriptor = try openWhole(path, .create, flags, mode: Self.fileMode)
    return FileHandleNumber(rawValue: try descriptor.movedAboveStandard())
  }

  package func open(_ path: LakePath) throws(SystemError) -> FileHandleNumber {
    // A FIFO would block without O_NONBLOCK; on a regular file it means nothing.
    try open(path, flags: O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
  }

  package func openForAppending(_ path: LakePath) throws(SystemError) -> FileHandleNumber {
    try open(path, flags: O_RDWR | O_APPEND | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
  }

  private func open(_ path: LakePath, flags: Int32) throws(SystemError) -> FileHandleNumber {
    let descriptor = try openWhole(path, .open, flags).movedAboveStandard()
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      Glibc.close(descriptor)
      throw SystemError(.open, path, code: EINVAL)
    }
    return FileHandleNumber(rawValue: descriptor)
  }

  package func close(_ file: FileHandleNumber, _ path: LakePath) throws(SystemError) {
    _ = try Self.checked(.close, path) { Glibc.close(file.rawValue) }
  }

  package func byteCount(
    _ file: FileHandleNumber, _ path: LakePath
  ) throws(SystemError) -> Int {
    var status = stat()
    _ = try Self.checked(.byteCount, path) { fstat(file.rawValue, &status) }
    return status.st_size
  }

  package func read(
    _ file: FileHandleNumber, _ path: LakePath, at offset: Int,
    into destination: UnsafeMutableRawBufferPointer
  ) throws(SystemError) -> Int {
    try Self.checked(.read, path) {
      pread(file.rawValue, destination.baseAddress, destination.count, offset)
    }
  }

  package func write(
    _ file: FileHandleNumber, _ path: LakePath, at offset: Int, _ bytes: RawSpan
  ) throws(SystemError) -> Int {
    try Self.checked(.write, path) {
      bytes.withUnsafeBytes { pwrite(file.rawValue, $0.baseAddress, $0.count, offset) }
    }
  }

  package func writeDirect(
    _ file: FileHandleNumber, _ path: LakePath, at offset: Int, _ bytes: RawSpan
  ) throws(SystemError) -> Int? {
    guard let count = DirectWrite.byteCount(of: bytes, at: offset) else { return nil }
    do {
      return try Self.checked(.write, path) {
        bytes.withUnsafeBytes {
          lake_write_direct(file.rawValue, $0.baseAddress, UInt(count), offset)
        }
      }
    } catch  where error.code == EINVAL {
      return nil
    }
  }

  package func allocate(
    _ file: FileHandleNumber, _ path: LakePath, byteCount: Int
  ) throws(SystemError) {
    do {
      _ = try Self.checked(.allocate, path) { lake_fallocate(file.rawValue, byteCount) }
    } catch  where error.code == EOPNOTSUPP || error.code == ENOSYS {
      // The size is then set by writing, and a full disk shows there.
    }
  }

  package func synchronize(_ file: FileHandleNumber, _ path: LakePath) throws(SystemError) {
    _ = try Self.checked(.synchronize, path) { fsync(file.rawValue) }
  }

  package func synchronizeDirectory(_ path: LakePath) throws(SystemError) {
    try withFolder(path, .synchronizeDirectory) { (folder) throws(SystemError) in
      _ = try Self.checked(.synchronizeDirectory, path) { fsync(folder) }
    }
  }

  package func makeDirectory(_ path: LakePath) throws(SystemError) {
    try inParent(of: path, .makeDirectory) { (folder, name) throws(SystemError) in
      _ = try Self.checked(.makeDirectory, path) { mkdirat(folder, name, Self.folderMode) }
    }
  }

  package func list(_ path: LakePath) throws(SystemError) -> [DirectoryEntry] {
    try withFolder(path, .list) { (folder) throws(SystemError) in
      // `fdopendir` takes the descriptor over, and the position of a shared one would be kept.
      let own = try Self.checked(.list, path) {
        openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      }
      guard let stream = fdopendir(own) else {
        let code = errno
        Glibc.close(own)
        throw SystemError(.list, path, code: code)
      }
      defer { closedir(stream) }
      var entries: [DirectoryEntry] = []
      while true {
        errno = 0
        guard let entry = readdir(stream) else {
          if errno != 0 { throw SystemError(.list, path, code: errno) }
          return entries
        }
        if let entry = Self.entry(entry, in: folder) { entries.append(entry) }
      }
    }
  }

  package func link(_ source: LakePath, to target: LakePath) throws(SystemError) {
    try inParent(of: source, .link) { (sourceFolder, sourceName) throws(SystemError) in
      try inParent(of: target, .link) { (targetFolder, targetName) throws(SystemError) in
        _ = try Self.checked(.link, target) {
          linkat(sourceFolder, sourceName, targetFolder, targetName, 0)
        }
      }
    }
  }

  package func remove(_ path: LakePath) throws(SystemError) {
    try inParent(of: path, .remove) { (folder, name) throws(SystemError) in
      _ = try Self.checked(.remove, path) { unlinkat(folder, name, 0) }
    }
  }

  package func lock(
    _ file: FileHandleNumber, _ path: LakePath, _ mode: LockMode
  ) throws(SystemError) -> Bool {
    do {
      _ = try Self.checked(.lock, path) {
        flock(file.rawValue, (mode == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB)
      }
      return true
    } catch  where error.code == EWOULDBLOCK {
      return false
    }
  }

  package func isSame(
    _ file: FileHandleNumber, _ path: LakePath
  ) throws(SystemError) -> Bool {
    var opened = stat()
    _ = try Self.checked(.isSame, path) { fstat(file.rawValue, &opened) }
    do {
      return try inParent(of: path, .isSame) { (folder, name) throws(SystemError) in
        var named = stat()
        _ = try Self.checked(.isSame, path) {
          fstatat(folder, name, &named, AT_SYMLINK_NOFOLLOW)
        }
        return named.st_dev == opened.st_dev && named.st_ino == opened.st_ino
      }
    } catch  where error.isMissing {
      return false
    }
  }

  package func linkCount(
    _ file: FileHandleNumber, _ path: LakePath
  ) throws(SystemError) -> Int {
    var status = stat()
    _ = try Self.checked(.linkCount, path) { fstat(file.rawValue, &status) }
    return Int(status.st_nlink)
  }

  /// Why the promises of a lake may not hold here, for people; `nil` on an ordinary local file system.
  package var warning: String? {
    let name: String
    switch lake_file_system_type(rootDescriptor) {
    case 0x6969: name = "NFS"
    case 0xFF53_4D42: name = "CIFS"
    case 0xFE53_4D42, 0x517B: name = "SMB"
    case 0x6573_5546: name = "FUSE"
    case 0x0102_1997: name = "9P"
    case 0x5346_414F: name = "AFS"
    case 0x00C3_6400: name = "Ceph"
    default: return nil
    }
    return "\(displayPath) lies on \(name): locks and durability are promised on local disks only"
  }
}

extension Int32 {
  /// The same file under a number above standard error.
  fileprivate func movedAboveStandard() throws(SystemError) -> Int32 {
    guard self < 3 else { return self }
    let moved = fcntl(self, F_DUPFD_CLOEXEC, 3)
    let code = errno
    Glibc.close(self)
    guard moved >= 0 else { throw SystemError(.open, .root, code: code) }
    return moved
  }
}
