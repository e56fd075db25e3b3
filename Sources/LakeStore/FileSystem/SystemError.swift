internal import Glibc

/// A call of the operating system that failed.
package struct SystemError: Error, Hashable, Sendable {
  package let call: FileSystemCall
  package let path: LakePath
  /// The value of `errno`.
  package let code: Int32

  package init(_ call: FileSystemCall, _ path: LakePath, code: Int32) {
    self.call = call
    self.path = path
    self.code = code
  }

  /// The system's own words for the error.
  package var reason: String {
    guard let text = strerror(code) else { return "error \(code)" }
    return String(cString: text)
  }

  package static let inputOutput = EIO

  package var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }
  package var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  package var isExisting: Bool { code == EEXIST }
  package var isReadOnly: Bool { code == EROFS }
  package var isPermission: Bool { code == EACCES || code == EPERM }
  /// A symbolic link, folder, pipe or device stands where a file should.
  package var isNotRegularFile: Bool {
    call == .open && (code == ELOOP || code == EINVAL || code == ENXIO)
  }
  package var isInterruption: Bool { code == EINTR }
}

/// The calls that a lake makes of a file system.
package enum FileSystemCall: String, Hashable, Sendable, CaseIterable {
  case create, open, close, byteCount, read, write, allocate, synchronize, synchronizeDirectory
  case makeDirectory, list, link, remove, lock, isSame, linkCount, watch
}
