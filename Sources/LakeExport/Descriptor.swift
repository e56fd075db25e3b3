internal import Glibc

/// An open file or folder; closed when it goes out of scope.
struct Descriptor: ~Copyable {
  let number: Int32

  init(_ number: Int32) {
    self.number = number
  }

  deinit {
    close(number)
  }

  static func openFolder(_ path: String, of target: String) throws(ExportError) -> Descriptor {
    let number = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else { throw ExportError.system("open", path: target, .cannotCreate) }
    return Descriptor(number)
  }

  /// Whether `name` in `folder` leads to this very file.
  func isNamed(_ name: String, in folder: borrowing Descriptor) -> Bool {
    var own = stat()
    var named = stat()
    return fstat(number, &own) == 0
      && fstatat(folder.number, name, &named, AT_SYMLINK_NOFOLLOW) == 0
      && own.st_dev == named.st_dev && own.st_ino == named.st_ino
  }

  /// The folder's path without links, for a library that opens files by path only.
  func absolutePath(of target: String) throws(ExportError) -> String {
    guard let resolved = realpath("/proc/self/fd/\(number)", nil) else {
      throw ExportError.system("realpath", path: target, .cannotCreate)
    }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}

extension ExportError {
  /// The error that `errno` stands for after a failed call.
  static func system(_ call: String, path: String, _ code: Code = .inputOutput) -> ExportError {
    let number = errno
    let actual: Code =
      switch number {
      case EACCES, EPERM: .notPermitted
      case ENOSPC, EDQUOT, EIO, EROFS: .inputOutput
      default: code
      }
    return ExportError(actual, path: path, "\(call): \(systemMessage(number))")
  }
}

/// `number` as a sentence, a full disk said plainly.
func systemMessage(_ number: Int32) -> String {
  number == ENOSPC ? "disk full" : String(cString: strerror(number))
}
