internal import Glibc

/// A file written under another name and put in its place in one step; what `-o FILE` writes.
///
/// The name `.FILE.new` beside the target is always the same and locked, so that a killed run leaves at most
/// one stray file, which the next run takes over. A target that is no regular file (a device, a pipe) is
/// written to directly.
final class ReplacedFile {
  let path: String
  let descriptor: Int32
  private let temporaryPath: String?
  private var isFinished = false

  init(path: String) throws(SystemDoor.Failure) {
    var status = stat()
    let exists = stat(path, &status) == 0
    let isWrittenDirectly = exists && status.st_mode & S_IFMT != S_IFREG
    let temporaryPath = isWrittenDirectly ? nil : Self.temporaryPath(of: path)
    // Nothing is stored before all is done: a `deinit` would take another run's file away.
    if let temporaryPath {
      let permissions = exists ? status.st_mode & 0o777 : nil
      descriptor = try Self.openLocked(temporaryPath, for: path, permissions: permissions)
    } else {
      descriptor = try Self.openForWriting(path)
    }
    self.path = path
    self.temporaryPath = temporaryPath
  }

  deinit {
    if !isFinished, let temporaryPath { unlink(temporaryPath) }
    close(descriptor)
  }

  /// Makes the bytes durable and puts the file in its place.
  func finish() throws(SystemDoor.Failure) {
    guard let temporaryPath else { return }
    guard fsync(descriptor) == 0, rename(temporaryPath, path) == 0 else {
      throw SystemDoor.Failure(number: errno, path: path)
    }
    isFinished = true
    let folder = open(
      Self.folder(of: path).map(String.init) ?? ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw SystemDoor.Failure(number: errno, path: path) }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw SystemDoor.Failure(number: errno, path: path) }
  }

  /// Replaces a file by `bytes`.
  ///
  /// - Throws: `CommandError` 3051 where it cannot be made, 3052 where it cannot be written.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let file: ReplacedFile
    do throws(SystemDoor.Failure) {
      file = try ReplacedFile(path: path)
    } catch {
      throw CommandError(cannotCreate: error)
    }
    do throws(SystemDoor.Failure) {
      try SystemDoor.write(bytes, to: file.descriptor)
      try file.finish()
    } catch {
      throw CommandError(cannotWrite: error)
    }
  }

  private static func openForWriting(_ path: String) throws(SystemDoor.Failure) -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemDoor.Failure(number: errno, path: path) }
    return descriptor
  }

  private static func openLocked(
    _ temporaryPath: String, for path: String, permissions: mode_t?
  ) throws(SystemDoor.Failure) -> Int32 {
    let descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw SystemDoor.Failure(number: errno, path: path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, ftruncate(descriptor, 0) == 0 else {
      let number = errno
      close(descriptor)
      throw SystemDoor.Failure(number: number, path: path)
    }
    if let permissions { fchmod(descriptor, permissions) }
    return descriptor
  }

  private static func temporaryPath(of path: String) -> String {
    let name = ".\(Self.name(of: path)).new"
    return folder(of: path).map { "\($0)/\(name)" } ?? name
  }

  private static func name(of path: String) -> Substring {
    path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
  }

  /// The folder as it stands in the path; `nil` where none does.
  private static func folder(of path: String) -> Substring? {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : path[..<$0] }
  }
}
