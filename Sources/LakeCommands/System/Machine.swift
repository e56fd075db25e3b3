/// The machine that figures were measured on, as far as it explains them.
struct Machine {
  let processor: String
  let processorCount: Int
  let memoryByteCount: Int
  let kernel: String

  init() {
    processorCount = SystemDoor.processorCount
    memoryByteCount = SystemDoor.physicalByteCount
    processor = Self.value(of: "model name", in: "/proc/cpuinfo") ?? "unknown"
    kernel = Self.lines(of: "/proc/sys/kernel/osrelease").first ?? "unknown"
  }

  /// The value of the first line `name : value`.
  private static func value(of name: String, in path: String) -> String? {
    for line in lines(of: path) where line.hasPrefix(name) {
      let value = line.drop { $0 != ":" }.dropFirst().drop { $0 == " " }
      if !value.isEmpty { return String(value) }
    }
    return nil
  }

  private static func lines(of path: String) -> [String] {
    let bytes = (try? SystemDoor.readFile(path, limit: 1 << 24)) ?? []
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
