internal import CLinux
internal import Glibc
internal import TripModel

/// From the lake's folder to a name: by the kernel in one call where that works, else one folder at a time,
/// which also tells why it does not.
extension LocalFileSystem {
  /// Runs a call that reports failure as a negative number.
  static func checked<Number: SignedInteger>(
    _ call: FileSystemCall, _ path: LakePath, _ body: () -> Number
  ) throws(SystemError) -> Number {
    let result = body()
    guard result >= 0 else { throw SystemError(call, path, code: errno) }
    return result
  }

  /// Opens a file or, with `O_CREAT` among the flags, makes it.
  func openWhole(
    _ path: LakePath, _ call: FileSystemCall, _ flags: Int32, mode: mode_t = 0
  ) throws(SystemError) -> Int32 {
    let descriptor = lake_open_beneath(rootDescriptor, path.text, UInt(flags), mode)
    if descriptor >= 0 { return descriptor }
    return try inParent(of: path, call) { (folder, name) throws(SystemError) in
      try Self.checked(call, path) { openat(folder, name, flags, mode) }
    }
  }

  /// Runs `body` with the folder that holds `path`, and the last name.
  func inParent<Result>(
    of path: LakePath, _ call: FileSystemCall,
    _ body: (_ folder: Int32, _ name: String) throws(SystemError) -> Result
  ) throws(SystemError) -> Result {
    guard let name = path.name else {
      throw SystemError(call, path, code: EISDIR)
    }
    return try withFolder(path.parent, call) { (folder) throws(SystemError) in
      try body(folder, name)
    }
  }

  func withFolder<Result>(
    _ path: LakePath, _ call: FileSystemCall,
    _ body: (_ folder: Int32) throws(SystemError) -> Result
  ) throws(SystemError) -> Result {
    if path.isRoot { return try body(rootDescriptor) }
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    let whole = lake_open_beneath(rootDescriptor, path.text, UInt(flags), 0)
    if whole >= 0 {
      defer { Glibc.close(whole) }
      return try body(whole)
    }
    return try walk(path, call, flags, body)
  }

  private func walk<Result>(
    _ path: LakePath, _ call: FileSystemCall, _ flags: Int32,
    _ body: (_ folder: Int32) throws(SystemError) -> Result
  ) throws(SystemError) -> Result {
    var folder = rootDescriptor
    defer { if folder != rootDescriptor { Glibc.close(folder) } }
    for name in path.components {
      let next = try Self.checked(call, path) {
        openat(folder, name, flags)
      }
      if folder != rootDescriptor { Glibc.close(folder) }
      folder = next
    }
    return try body(folder)
  }

  static func entry(
    _ entry: UnsafeMutablePointer<dirent>, in folder: Int32
  ) -> DirectoryEntry? {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
    guard name != [UInt8(ascii: ".")], name != Array("..".utf8) else { return nil }
    let kind: DirectoryEntry.Kind
    switch Int(entry.pointee.d_type) {
    case Int(DT_REG): kind = .file
    case Int(DT_DIR): kind = .directory
    case Int(DT_UNKNOWN): kind = lookUpKind(name, in: folder)
    default: kind = .other
    }
    return DirectoryEntry(name: ByteString(bytes: name), kind: kind)
  }

  /// For file systems that do not tell the kind in the listing.
  private static func lookUpKind(_ name: [UInt8], in folder: Int32) -> DirectoryEntry.Kind {
    var status = stat()
    let terminated = name.map { CChar(bitPattern: $0) } + [0]
    guard fstatat(folder, terminated, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return .other }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .directory
    default: return .other
    }
  }
}
