internal import Glibc

/// An input file, open for reading: the door to the files outside of the lake.
///
/// Input is read, never mapped: a file that shrinks while it is read is an error and not a signal.
final class InputFile {
  private let descriptor: Int32
  let path: String
  let isRegular: Bool
  /// Bytes in the file when it was opened; 0 where it is not a regular file.
  let byteCount: Int
  private let modified: timespec
  /// Where reading begins: 0 but for standard input that was read from before.
  private let start: Int
  private let isInterrupted: @Sendable () -> Bool

  /// - Parameter path: `-` is standard input.
  /// - Throws: `IngestError.inputMissing` and `.inputUnreadable`.
  init(
    path: String, isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) throws(IngestError) {
    self.path = path
    self.isInterrupted = isInterrupted
    descriptor = path == "-" ? dup(0) : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code: IngestError.Code = errno == ENOENT ? .inputMissing : .inputUnreadable
      throw IngestError(code, "\(path): \(String(cString: strerror(errno)))")
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let reason = String(cString: strerror(errno))
      close(descriptor)
      throw IngestError(.inputUnreadable, "\(path): \(reason)")
    }
    let kind = status.st_mode & S_IFMT
    guard kind != S_IFDIR else {
      close(descriptor)
      throw IngestError(.inputUnreadable, "\(path) is a directory")
    }
    isRegular = kind == S_IFREG
    start = isRegular ? max(0, lseek(descriptor, 0, SEEK_CUR)) : 0
    byteCount = isRegular ? max(0, Int(status.st_size) - start) : 0
    modified = status.st_mtim
    if isRegular { posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL) }
  }

  deinit {
    close(descriptor)
  }

  /// The bytes of a file that is not open; 0 where it is not a regular one, or cannot be looked at.
  static func byteCount(ofFileAt path: String) -> Int {
    var status = stat()
    guard path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return 0
    }
    return max(0, Int(status.st_size))
  }

  /// Reads up to `count` bytes; 0 at the end.
  func read(into destination: UnsafeMutableRawPointer, count: Int) throws(IngestError) -> Int {
    while true {
      if !isRegular { try waitForInput() }
      let received = Glibc.read(descriptor, destination, count)
      if received >= 0 { return received }
      guard errno == EINTR else { throw failure() }
    }
  }

  /// Waits for a pipe or a terminal to have something, and looks out for an interruption meanwhile.
  private func waitForInput() throws(IngestError) {
    while true {
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&request, 1, 100) > 0 { return }
      if isInterrupted() { throw .interrupted }
    }
  }

  /// Reads up to `count` bytes at `offset` without moving on.
  func read(
    at offset: Int, into destination: UnsafeMutableRawPointer, count: Int
  ) throws(IngestError) -> Int {
    while true {
      let received = pread(descriptor, destination, count, start + offset)
      if received >= 0 { return received }
      guard errno == EINTR else { throw failure() }
    }
  }

  /// - Throws: `IngestError.inputChanged` where the file is not as it was when it was opened.
  func checkUnchanged(bytesRead: Int) throws(IngestError) {
    guard isRegular else { return }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure() }
    let isSame =
      Int(status.st_size) - start == byteCount && bytesRead == byteCount
      && status.st_mtim.tv_sec == modified.tv_sec && status.st_mtim.tv_nsec == modified.tv_nsec
    guard isSame else {
      throw IngestError(.inputChanged, "\(path) changed while it was read")
    }
  }

  private func failure() -> IngestError {
    IngestError(.inputUnreadable, "\(path): \(String(cString: strerror(errno)))")
  }
}
