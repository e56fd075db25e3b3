internal import Glibc

/// A new version of a file, written beside it and put in its place in one step.
///
/// `TARGET` is replaced by way of `.TARGET.new` in the same folder:
///
///     open and lock .TARGET.new → write → fsync → rename over TARGET → fsync the folder
///
/// At every moment, and after a crash at any moment, `TARGET` is the old file or the whole new one. The
/// temporary name is always the same, so a killed run leaves at most one file, which the next run reuses;
/// the lock keeps two runs apart and ends with the process.
struct ReplacementFile: ~Copyable {
  /// The path under which the new version is to be written.
  let temporaryPath: String

  private let targetPath: String
  private let targetName: String
  private let targetMode: mode_t?
  private let temporaryName: String
  private let folder: Descriptor
  private let file: Descriptor

  /// Checks the target, and creates and locks the empty temporary file.
  ///
  /// - Throws: `ExportError`; the target is untouched.
  init(replacing path: String) throws(ExportError) {
    let (folderPath, name) = Self.split(path)
    let folder = try Descriptor.openFolder(folderPath, of: path)
    let mode = try ReplacementTarget.check(name: name, in: folder, path: path)
    let folderRealPath = try folder.absolutePath(of: path)
    let file = try Self.lockTemporary(".\(name).new", in: folder, path: path)
    targetPath = path
    targetName = name
    temporaryName = ".\(name).new"
    temporaryPath = "\(folderRealPath)/\(temporaryName)"
    self.folder = folder
    self.file = file
    targetMode = mode
  }

  deinit {
    // After `publish` no file has this name.
    unlinkat(folder.number, temporaryName, 0)
  }

  /// Makes the written file durable and puts it in the target's place.
  ///
  /// - Throws: `ExportError`; the target is untouched unless the code is `unknownState`.
  func publish() throws(ExportError) {
    // Somebody may have begun to use the target in the meantime.
    _ = try ReplacementTarget.check(name: targetName, in: folder, path: targetPath)
    if let targetMode, fchmod(file.number, targetMode) != 0 {
      throw ExportError.system("chmod", path: targetPath)
    }
    guard fsync(file.number) == 0 else { throw ExportError.system("fsync", path: targetPath) }
    guard renameat(folder.number, temporaryName, folder.number, targetName) == 0 else {
      throw ExportError.system("rename", path: targetPath)
    }
    guard fsync(folder.number) == 0 else {
      throw ExportError(
        .unknownState, path: targetPath,
        "the new database is in place, but its folder could not be synced: \(systemMessage(errno))")
    }
  }

  /// The size of what has been written so far.
  func byteCount() throws(ExportError) -> Int {
    var status = stat()
    guard fstat(file.number, &status) == 0 else {
      throw ExportError.system("stat", path: targetPath)
    }
    return Int(status.st_size)
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
    let name = String(path[path.index(after: slash)...])
    return (slash == path.startIndex ? "/" : String(path[..<slash]), name)
  }

  private static func lockTemporary(
    _ name: String, in folder: borrowing Descriptor, path: String
  ) throws(ExportError) -> Descriptor {
    for _ in 0..<100 {
      let number = openat(
        folder.number, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o666)
      guard number >= 0 else { throw ExportError.system("create", path: path, .cannotCreate) }
      let file = Descriptor(number)
      guard flock(number, LOCK_EX | LOCK_NB) == 0 else {
        throw ExportError(.targetBusy, path: path, "another export is writing this file")
      }
      // Between the two calls another export may have published or removed this very file.
      guard file.isNamed(name, in: folder) else { continue }
      guard ftruncate(number, 0) == 0 else { throw ExportError.system("truncate", path: path) }
      return file
    }
    throw ExportError(.targetBusy, path: path, "other exports to this file keep coming in between")
  }
}
