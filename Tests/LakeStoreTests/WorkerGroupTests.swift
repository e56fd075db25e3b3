import Glibc
import LakeStore
import Testing

@Suite struct WorkerGroupTests {
  /// The processors that the calling thread may run on, as the system lists them.
  private static func allowedProcessors() throws -> String {
    let file = try #require(fopen("/proc/thread-self/status", "r"))
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, file)
    let lines = String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n")
    return String(try #require(lines.first { $0.hasPrefix("Cpus_allowed:") }))
  }

  @Test func aThreadMayRunWhereItsMakerMay() throws {
    let allowed = try Self.allowedProcessors()
    let seen = Monitor([Int: String]())
    try WorkerGroup.run(threadCount: 4) { index in
      let own = try Self.allowedProcessors()
      seen.withLock { $0[index] = own }
    }
    #expect(seen.withLock { $0 } == [0: allowed, 1: allowed, 2: allowed, 3: allowed])
  }
}
