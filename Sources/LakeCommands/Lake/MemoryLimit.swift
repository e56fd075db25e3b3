/// How much memory a command takes when it is not told.
enum MemoryLimit {
  private static let bounds = (256 << 20)...(4 << 30)
  /// With more, a load has its rows in fewer parts, which boxes gain by, but puts them on more pages that the system must
  /// clear and, on a virtual machine, wait for (`formats/decisions/0011`).
  private static let loadBound = 2 << 30

  /// That of a load: at most 2 GB.
  static var defaultLoadByteCount: Int { min(defaultByteCount, loadBound) }

  /// A quarter of the machine's memory, or of what the control group allows; 256 MB to 4 GB.
  static var defaultByteCount: Int {
    let available = ([SystemDoor.physicalByteCount] + controlGroupLimits).min() ?? bounds.lowerBound
    return min(max(available / 4, bounds.lowerBound), bounds.upperBound)
  }

  /// The limits of this process's control groups and of those above them, of either version.
  private static var controlGroupLimits: [Int] {
    groupFiles(ofTable: text("/proc/self/cgroup") ?? "").compactMap { path in
      text(path).flatMap { Int($0.trimmedLine) }
    }
  }

  /// The files that may hold a limit, from the lines `number:controllers:path` of the table.
  static func groupFiles(ofTable table: String) -> [String] {
    table.split(separator: "\n").flatMap { line -> [String] in
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return [] }
      let isUnified = parts[0] == "0" && parts[1].isEmpty
      guard isUnified || parts[1].split(separator: ",").contains("memory") else { return [] }
      let root = isUnified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"
      let file = isUnified ? "memory.max" : "memory.limit_in_bytes"
      let names = parts[2].split(separator: "/")
      return (0...names.count).reversed().map { count in
        ([root] + names.prefix(count).map(String.init) + [file]).joined(separator: "/")
      }
    }
  }

  private static func text(_ path: String) -> String? {
    (try? SystemDoor.readFile(path, limit: 1 << 16)).map { String(decoding: $0, as: UTF8.self) }
  }
}

extension String {
  fileprivate var trimmedLine: String { String(prefix { $0 != "\n" }) }
}
