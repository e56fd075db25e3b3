internal import CLinux
internal import Glibc

/// The calls of the operating system that the command line needs: the one place for them in this target.
enum SystemDoor {
  /// A failed call: what it was about and the system's reason.
  struct Failure: Error {
    let number: Int32
    let path: String

    var reason: String { String(cString: strerror(number)) }
  }

  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// The columns of the terminal behind a descriptor; `nil` where there is none.
  static func terminalWidth(_ descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Those that the process may run on.
  static var processorCount: Int {
    let count = Int(lake_processor_count())
    return count > 0 ? count : max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }

  static var physicalByteCount: Int {
    max(0, sysconf(Int32(_SC_PHYS_PAGES))) * max(0, sysconf(Int32(_SC_PAGESIZE)))
  }

  /// For questions that take much memory again and again, as groups by cells do for each region: a page given back to the
  /// system and asked for again costs as much as the rows on it.
  static func keepFreedMemory() { lake_keep_freed_memory(256 << 20) }

  static var monotonicSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Microseconds since 1970-01-01 UTC by the system's clock.
  static var currentMicroseconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }

  static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The size of a regular file; `nil` for anything else.
  static func byteCount(_ path: String) -> UInt64? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return UInt64(status.st_size)
  }

  /// The names in a folder, in byte order, without `.` and `..`.
  static func names(inFolder path: String) throws(Failure) -> [String] {
    guard let folder = opendir(path) else { throw Failure(number: errno, path: path) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether a path names a link, whatever it leads to.
  static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// The paths that a shell's pattern matches, in byte order; none where there is no match.
  static func paths(matching pattern: String) -> [String] {
    var result = glob_t()
    defer { globfree(&result) }
    guard glob(pattern, GLOB_NOSORT, nil, &result) == 0 else { return [] }
    let paths = (0..<Int(result.gl_pathc)).compactMap { index in
      result.gl_pathv[index].map { String(cString: $0) }
    }
    return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Makes the folders above the last part of a path.
  static func makeFolders(above path: String) throws(Failure) {
    for index in path.indices.dropFirst() where path[index] == "/" {
      let folder = String(path[..<index])
      if mkdir(folder, 0o755) != 0, errno != EEXIST, !isDirectory(folder) {
        throw Failure(number: errno, path: folder)
      }
    }
  }

  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// A folder, the one that holds it, and so on up to the root; without links in their names.
  static func foldersUpward(from folder: String) -> [String] {
    guard let resolved = realpath(folder, nil) else { return [] }
    defer { free(resolved) }
    var path = String(cString: resolved)[...]
    var folders: [String] = []
    while let slash = path.lastIndex(of: "/") {
      folders.append(String(path))
      path = path[..<slash]
    }
    if folders.last != "/" { folders.append("/") }
    return folders
  }

  /// Opens descriptors 0 to 2 on `/dev/null` where they are closed, so that no file of the lake gets one
  /// of their numbers and takes what is meant for the terminal.
  static func openStandardStreams() {
    while true {
      let descriptor = open("/dev/null", O_RDWR)
      guard descriptor >= 0 else { return }
      guard descriptor <= 2 else {
        close(descriptor)
        return
      }
    }
  }

  /// All of a file, or at most `limit` bytes and an error where it is longer.
  static func readFile(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(number: errno, path: path) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = read(descriptor, &piece, piece.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw Failure(number: errno, path: path)
      }
      guard count > 0 else { return bytes }
      guard bytes.count + count <= limit else { throw Failure(number: EFBIG, path: path) }
      bytes += piece[..<count]
    }
  }

  /// Some bytes of a file from `offset` on; fewer at its end.
  static func readFile(_ path: String, at offset: Int, count: Int) throws(Failure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(number: errno, path: path) }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: count)
    let received = pread(descriptor, &bytes, count, off_t(offset))
    guard received >= 0 else { throw Failure(number: errno, path: path) }
    return Array(bytes[..<received])
  }

  /// Writes all bytes; short writes and interrupted calls go on.
  static func write(_ bytes: [UInt8], to descriptor: Int32) throws(Failure) {
    let failure: Int32 = bytes.withUnsafeBytes { buffer in
      var position = 0
      while position < buffer.count {
        let rest = UnsafeRawBufferPointer(rebasing: buffer[position...])
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count < 0 && errno == EAGAIN {
          var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          poll(&request, 1, -1)
        } else if count < 0 && errno != EINTR {
          return errno
        } else if count > 0 {
          position += count
        }
      }
      return 0
    }
    if failure != 0 { throw Failure(number: failure, path: "") }
  }

  /// Makes a folder of a new name that nobody else can look into.
  static func makeScratchFolder(in parent: String) throws(Failure) -> String {
    var template = "\(parent)/triplake-XXXXXX".utf8CString.map { $0 }
    guard let made = mkdtemp(&template) else { throw Failure(number: errno, path: parent) }
    return String(cString: made)
  }

  /// Makes a file that is not there yet.
  static func makeFile(_ path: String, _ bytes: [UInt8]) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Failure(number: errno, path: path) }
    defer { close(descriptor) }
    try write(bytes, to: descriptor)
  }

  /// Leaves an open file to be read and written by its owner alone.
  static func hideFromOthers(_ descriptor: Int32) {
    fchmod(descriptor, 0o600)
  }

  /// Takes away a file, or a folder and all that is in it, as far as that can be done; links are not followed.
  static func removeTree(_ path: String) {
    if unlink(path) == 0 || errno == ENOENT { return }
    for name in (try? names(inFolder: path)) ?? [] { removeTree("\(path)/\(name)") }
    rmdir(path)
  }

  /// Asking whether a file is open for writing may make the system send SIGIO to whoever asked.
  static func ignoreLeaseBreaks() {
    signal(SIGIO, SIG_IGN)
  }

  static let brokenPipe = EPIPE
  static let existing = EEXIST
  static let notFound = ENOENT
  static let notPermitted = EACCES
}
