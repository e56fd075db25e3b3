internal import CLinux
internal import Glibc

/// A program run to its end as a process of its own: what it wrote, how it ended, what it took. The one place
/// of this target where processes are made.
struct ChildProcess {
  let output: [UInt8]
  let messages: [UInt8]
  /// What the shell would see; 128 and the signal's number where one ended it.
  let status: Int32
  /// From before its start to after its end.
  let seconds: Double
  let peakByteCount: Int
  /// Of all its threads, in user mode and in the system.
  let processorSeconds: Double

  /// - Parameter path: The program; the first of its words is its name.
  /// - Throws: `BenchError.file` where it cannot be started.
  init(path: String, words: [String]) throws {
    var failure: Int32 = 0
    guard let output = Self.temporaryFile(&failure), let messages = Self.temporaryFile(&failure)
    else { throw BenchError(path: path, errno: failure) }
    defer {
      close(output)
      close(messages)
    }
    let start = Self.monotonicSeconds
    let child = try Self.start(path, words, output: output, messages: messages)
    var status: Int32 = 0
    var usage = rusage()
    while wait4(child, &status, 0, &usage) < 0 {
      guard errno == EINTR else { throw BenchError(path: path, errno: errno) }
    }
    seconds = Self.monotonicSeconds - start
    self.status = status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
    peakByteCount = Int(usage.ru_maxrss) << 10
    processorSeconds = Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime)
    self.output = try Self.contents(output, path)
    self.messages = try Self.contents(messages, path)
  }

  /// This program's own file.
  static var ownPath: String? {
    guard let resolved = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func start(
    _ path: String, _ words: [String], output: Int32, messages: Int32
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, messages, 2)
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var child = pid_t()
    let failure = posix_spawn(&child, path, &actions, nil, &arguments, environ)
    guard failure == 0 else { throw BenchError(path: path, errno: failure) }
    return child
  }

  /// A file without a name, in memory: the child never waits for someone to read it.
  private static func temporaryFile(_ failure: inout Int32) -> Int32? {
    let descriptor = lake_memory_file("bench")
    guard descriptor >= 0 else {
      failure = errno
      return nil
    }
    return descriptor
  }

  private static func contents(_ descriptor: Int32, _ path: String) throws -> [UInt8] {
    let size = lseek(descriptor, 0, SEEK_END)
    guard size >= 0 else { throw BenchError(path: path, errno: errno) }
    var bytes = [UInt8](repeating: 0, count: Int(size))
    var position = 0
    while position < bytes.count {
      let count = bytes.withUnsafeMutableBytes { buffer in
        pread(
          descriptor, buffer.baseAddress.map { $0 + position }, buffer.count - position,
          off_t(position))
      }
      guard count > 0 else { throw BenchError(path: path, errno: errno) }
      position += count
    }
    return bytes
  }

  static var monotonicSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }
}
