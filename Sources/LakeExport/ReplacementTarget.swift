internal import Glibc

/// What stands at the place where an export is to go, and whether it may be replaced.
enum ReplacementTarget {
  /// - Returns: The permissions of the file that stands there; nil where there is none.
  /// - Throws: `ExportError.targetRefused` for anything but nothing, an empty file, or a SQLite database
  ///   without a journal; `ExportError.targetBusy` where another process holds a lock on it.
  static func check(
    name: String, in folder: borrowing Descriptor, path: String
  ) throws(ExportError) -> mode_t? {
    guard !name.isEmpty, name != ".", name != ".." else {
      throw ExportError(.targetRefused, path: path, "this is no name of a file")
    }
    // A journal belongs to the database it was written for; beside another one it would destroy it.
    for suffix in ["-wal", "-journal", "-shm"] {
      var status = stat()
      guard fstatat(folder.number, name + suffix, &status, AT_SYMLINK_NOFOLLOW) != 0 else {
        throw ExportError(
          .targetRefused, path: path,
          "\(name)\(suffix) lies beside it, so another program may be using the database")
      }
    }
    var status = stat()
    guard fstatat(folder.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      guard errno == ENOENT else { throw ExportError.system("stat", path: path, .cannotCreate) }
      return nil
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw ExportError(.targetRefused, path: path, "this is a folder")
    case S_IFLNK:
      throw ExportError(.targetRefused, path: path, "this is a link; name the file it leads to")
    default: throw ExportError(.targetRefused, path: path, "this is not a regular file")
    }
    if status.st_size > 0 { try checkDatabase(name: name, in: folder, path: path) }
    return status.st_mode & 0o7777
  }

  private static let magic = Array("SQLite format 3\0".utf8)

  private static func checkDatabase(
    name: String, in folder: borrowing Descriptor, path: String
  ) throws(ExportError) {
    let number = openat(folder.number, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard number >= 0 else { throw ExportError.system("open", path: path, .cannotCreate) }
    let file = Descriptor(number)
    var head = [UInt8](repeating: 0, count: magic.count)
    guard pread(file.number, &head, head.count, 0) == head.count, head == magic else {
      throw ExportError(
        .targetRefused, path: path, "a file that is not a SQLite database stands there")
    }
    // SQLite's locks are POSIX locks on a fixed range of bytes (os_unix.c, PENDING_BYTE).
    var lock = flock(
      l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 0x4000_0000, l_len: 512, l_pid: 0)
    guard fcntl(file.number, F_GETLK, &lock) == 0 else {
      throw ExportError.system("fcntl", path: path)
    }
    guard lock.l_type == Int16(F_UNLCK) else {
      throw ExportError(.targetBusy, path: path, "another program is using this database")
    }
  }
}
