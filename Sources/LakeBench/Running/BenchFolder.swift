internal import Glibc

/// The folder that a bench fills, and takes away again: CSV files in `csv`, the lake in `lake`.
struct BenchFolder {
  /// What a trip takes at the most: its text, its share of the lake, and some room beside it.
  private static let byteCountPerRow: UInt64 = 200

  let path: String
  private let isMade: Bool

  var csv: String { path + "/csv" }
  var lake: String { path + "/lake" }

  /// Makes the folder, or takes an empty one.
  ///
  /// - Throws: `BenchError.folderInUse` where something is in it; `.tooLittleRoom`.
  init(path: String, rowCount: UInt64) throws {
    self.path = path
    isMade = mkdir(path, 0o755) == 0
    guard isMade || errno == EEXIST else { throw BenchError(path: path, errno: errno) }
    guard try Self.names(in: path).isEmpty else { throw BenchError.folderInUse(path: path) }
    do {
      try Self.checkRoom(path, rowCount: rowCount)
      guard mkdir(csv, 0o755) == 0 else { throw BenchError(path: csv, errno: errno) }
    } catch {
      remove()
      throw error
    }
  }

  /// Takes away all that the bench made.
  func remove() {
    Self.remove(csv)
    Self.remove(lake)
    if isMade { rmdir(path) }
  }

  private static func checkRoom(_ path: String, rowCount: UInt64) throws {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { throw BenchError(path: path, errno: errno) }
    let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
    let needed = rowCount * byteCountPerRow
    guard free >= needed else {
      throw BenchError.tooLittleRoom(path: path, needed: needed, free: free)
    }
  }

  private static func names(in path: String) throws -> [String] {
    guard let folder = opendir(path) else { throw BenchError(path: path, errno: errno) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Takes away a file, or a folder and all that is in it; links are not followed.
  private static func remove(_ path: String) {
    if unlink(path) == 0 || errno == ENOENT { return }
    for name in (try? names(in: path)) ?? [] { remove(path + "/" + name) }
    rmdir(path)
  }
}
