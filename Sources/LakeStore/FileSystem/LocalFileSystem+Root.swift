internal import Glibc

extension LocalFileSystem {
  /// Opens the folder `path` and makes it, with the folders it lies in, where it is missing. Every folder
  /// that gained a name is brought to the disk.
  package convenience init(makingRoot path: String) throws(SystemError) {
    var made = path.hasPrefix("/") ? "/" : "."
    for name in path.split(separator: "/") {
      let parent = made
      made += "/" + name
      if mkdir(made, 0o750) == 0 {
        try Self.synchronizeFolder(parent)
      } else if errno != EEXIST {
        throw SystemError(.makeDirectory, .root, code: errno)
      }
    }
    // A creator before this one may have been cut off between making the folder and bringing it to the disk.
    try Self.synchronizeFolder(made + "/..")
    try self.init(root: path)
  }

  private static func synchronizeFolder(_ path: String) throws(SystemError) {
    let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      // A folder that may be passed through but not read cannot be synchronized by us.
      if errno == EACCES { return }
      throw SystemError(.synchronizeDirectory, .root, code: errno)
    }
    defer { Glibc.close(descriptor) }
    guard fsync(descriptor) == 0 || errno == EROFS || errno == EINVAL else {
      throw SystemError(.synchronizeDirectory, .root, code: errno)
    }
  }
}
