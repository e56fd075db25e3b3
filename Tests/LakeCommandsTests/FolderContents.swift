import Glibc
import LakeTestSupport

enum FolderContents {
  /// The paths of all files below a folder whose names end so, in byte order.
  static func files(under folder: String, suffix: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var found: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name == "." || name == ".." { continue }
      let path = folder + "/" + name
      found += name.hasSuffix(suffix) ? [path] : files(under: path, suffix: suffix)
    }
    return found.sorted()
  }
}
