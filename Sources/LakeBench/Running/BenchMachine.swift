internal import Glibc

/// The machine that a bench ran on, as far as it explains the figures.
package struct BenchMachine: Hashable, Sendable {
  package let processor: String
  package let processorCount: Int
  package let memoryByteCount: Int
  package let kernel: String

  package init() {
    processorCount = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    memoryByteCount = max(0, sysconf(Int32(_SC_PHYS_PAGES))) * max(0, sysconf(Int32(_SC_PAGESIZE)))
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
    guard let file = fopen(path, "re") else { return [] }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
