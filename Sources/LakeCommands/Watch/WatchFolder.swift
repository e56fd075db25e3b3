internal import CLinux
internal import Glibc
internal import TripModel

/// A folder that files land in, with `processed/` and `failed/` in it: every call of the system that watching
/// makes but inotify.
final class WatchFolder {
  /// Where a file goes when it is done.
  enum Place: String, CaseIterable {
    case processed
    case failed
  }

  /// Whether a file's writer has finished.
  enum Completeness {
    case complete
    /// Somebody has it open for writing.
    case open
    /// The file system cannot tell.
    case unknown
    case gone
  }

  let path: String
  private let descriptor: Int32

  init(path: String) throws(SystemDoor.Failure) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemDoor.Failure(number: errno, path: path) }
  }

  deinit {
    close(descriptor)
  }

  /// Keeps other watchers out for as long as this object lives.
  ///
  /// - Returns: `false` where another one is in.
  func lock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

  /// The files that are to be loaded, by name; and how many there are whose names are not UTF-8.
  func files() throws(SystemDoor.Failure) -> (files: [WatchedFile], unreadableCount: Int) {
    // `fdopendir` takes the descriptor over, and the position of a shared one would be kept.
    let own = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard own >= 0, let stream = fdopendir(own) else {
      throw SystemDoor.Failure(number: errno, path: path)
    }
    defer { closedir(stream) }
    var files: [WatchedFile] = []
    var unreadableCount = 0
    while let entry = readdir(stream) {
      let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      guard let name = ByteString(bytes: bytes).text else {
        unreadableCount += 1
        continue
      }
      guard WatchedFile.isWanted(name), let file = file(name) else { continue }
      files.append(file)
    }
    return (files.sorted { ByteString($0.name) < ByteString($1.name) }, unreadableCount)
  }

  /// A regular file; `nil` for anything else.
  private func file(_ name: String) -> WatchedFile? {
    var status = stat()
    guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
      status.st_mode & S_IFMT == S_IFREG
    else { return nil }
    return WatchedFile(
      name: name, byteCount: Int(status.st_size), inode: UInt64(status.st_ino),
      modified: Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec))
  }

  func completeness(_ file: WatchedFile) -> Completeness {
    let own = openat(descriptor, file.name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
    guard own >= 0 else { return errno == ENOENT ? .gone : .unknown }
    defer { close(own) }
    switch lake_is_open_for_writing(own) {
    case 0: return .complete
    case 1: return .open
    default: return .unknown
    }
  }
}

// MARK: - Places

extension WatchFolder {
  func exists(_ place: Place, _ name: String) -> Bool {
    faccessat(descriptor, "\(place.rawValue)/\(name)", F_OK, AT_SYMLINK_NOFOLLOW) == 0
  }

  /// Moves a file to a name in a place.
  ///
  /// - Returns: `false` where the name is taken.
  func move(_ name: String, to place: Place, as target: String) throws(SystemDoor.Failure) -> Bool {
    try make(place)
    return try rename(name, to: "\(place.rawValue)/\(target)")
  }

  /// Writes a file that appears whole and lasts.
  ///
  /// - Returns: `false` where the name is taken.
  func write(
    _ bytes: [UInt8], to place: Place, as target: String
  ) throws(SystemDoor.Failure) -> Bool {
    try make(place)
    // Always the same name, so that a kill leaves one such file at most, which the next run takes over.
    let temporary = "\(place.rawValue)/.receipt.new"
    let file = openat(
      descriptor, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw failure(temporary) }
    defer { close(file) }
    try SystemDoor.write(bytes, to: file)
    guard fsync(file) == 0 else { throw failure(temporary) }
    return try rename(temporary, to: "\(place.rawValue)/\(target)")
  }

  /// The bytes of a file in a place; `nil` where it cannot be read.
  func read(_ place: Place, _ name: String) -> [UInt8]? {
    try? SystemDoor.readFile("\(path)/\(place.rawValue)/\(name)", limit: 64 << 20)
  }

  func remove(_ place: Place, _ name: String) {
    unlinkat(descriptor, "\(place.rawValue)/\(name)", 0)
  }

  private func make(_ place: Place) throws(SystemDoor.Failure) {
    guard mkdirat(descriptor, place.rawValue, 0o755) == 0 || errno == EEXIST else {
      throw failure(place.rawValue)
    }
  }

  private func rename(_ source: String, to target: String) throws(SystemDoor.Failure) -> Bool {
    if lake_rename_new(descriptor, source, descriptor, target) == 0 { return true }
    if errno == EEXIST { return false }
    // Some file systems know no renaming that never replaces.
    guard errno == EINVAL else { throw failure(target) }
    if faccessat(descriptor, target, F_OK, AT_SYMLINK_NOFOLLOW) == 0 { return false }
    guard renameat(descriptor, source, descriptor, target) == 0 else { throw failure(target) }
    return true
  }

  private func failure(_ name: String) -> SystemDoor.Failure {
    SystemDoor.Failure(number: errno, path: "\(path)/\(name)")
  }
}
