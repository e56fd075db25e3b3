import Glibc
import LakeExport

/// A new folder under the system's temporary one; removed with all it holds.
final class ExportFolder: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/triplake-export.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemFailure(call: "mkdtemp", number: errno) }
    path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  }

  deinit {
    for name in names { remove("\(path)/\(name)") }
    rmdir(path)
  }

  var target: String { "\(path)/trips.db" }

  /// The names in the folder, sorted.
  var names: [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  func write(_ text: String, to name: String) throws {
    let number = open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard number >= 0 else { throw SystemFailure(call: "open", number: errno) }
    defer { close(number) }
    let bytes = Array(text.utf8)
    guard Glibc.write(number, bytes, bytes.count) == bytes.count else {
      throw SystemFailure(call: "write", number: errno)
    }
  }

  func read(_ name: String) throws -> [UInt8] { try readFile("\(path)/\(name)") }
}

struct SystemFailure: Error {
  let call: String
  let number: Int32
}

func readFile(_ path: String) throws -> [UInt8] {
  let number = open(path, O_RDONLY | O_CLOEXEC)
  guard number >= 0 else { throw SystemFailure(call: "open", number: errno) }
  defer { close(number) }
  var bytes: [UInt8] = []
  var piece = [UInt8](repeating: 0, count: 65536)
  while true {
    let count = Glibc.read(number, &piece, piece.count)
    guard count >= 0 else { throw SystemFailure(call: "read", number: errno) }
    if count == 0 { return bytes }
    bytes += piece[..<count]
  }
}

/// All rows of one query on the database at `path`.
func rows(_ sql: StaticString, in path: String) throws -> [[SQLValue]] {
  let database = try SQLiteDatabase(path: path, mode: .readOnly)
  var statement = try database.prepare(sql)
  var rows: [[SQLValue]] = []
  while try statement.step() { rows.append(statement.row) }
  return rows
}
