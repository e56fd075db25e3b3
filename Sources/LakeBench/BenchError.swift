internal import Glibc

/// What stops a bench.
package enum BenchError: Error, Hashable, Sendable {
  /// A file or folder could not be made, written or read.
  case file(path: String, reason: String, isDiskFull: Bool)
  /// The disk has less room than the bench needs.
  case tooLittleRoom(path: String, needed: UInt64, free: UInt64)
  /// There is something in the folder that the bench would have to overwrite.
  case folderInUse(path: String)
  /// A command ended with an error; its messages tell which.
  case command(line: String, status: Int32, messages: String)
  /// A command wrote what is no answer.
  case output(line: String)
  case interrupted

  init(path: String, errno: Int32) {
    self = .file(
      path: path, reason: String(cString: strerror(errno)), isDiskFull: errno == ENOSPC)
  }
}
