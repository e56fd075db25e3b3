internal import CLinux
internal import Glibc
package import TripModel

/// Folders whose changes wake a waiting thread: inotify. The one place in a lake's program that waits for files.
///
/// Used by one thread at a time.
package final class FolderWatch {
  /// What happened to a name.
  package enum News: Hashable, Sendable {
    /// A file was closed by its writer or renamed to this name.
    case complete(ByteString)
    /// Something else, or a name that was made.
    case changed(ByteString)
    /// The folder itself was removed or renamed.
    case folderGone
    /// So much happened that some of it was lost: look at everything.
    case overflow
  }

  /// Why a wait ended; several may come together.
  package struct Wake: OptionSet, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let news = Wake(rawValue: 1)
    /// The descriptor that tells of signals has something.
    package static let signal = Wake(rawValue: 2)
    /// Nobody reads the output any more.
    package static let hangUp = Wake(rawValue: 4)
  }

  private static let bufferByteCount = 64 * 1024
  private let descriptor: Int32

  package init() throws(SystemError) {
    descriptor = inotify_init1(lake_inotify_flags())
    guard descriptor >= 0 else { throw SystemError(.watch, .root, code: errno) }
  }

  deinit {
    close(descriptor)
  }

  /// Tells of changes in the folder `path` from now on; a folder that is watched already stays so.
  package func add(_ path: String) throws(SystemError) {
    let mask =
      UInt32(IN_CREATE) | UInt32(IN_MODIFY) | UInt32(IN_CLOSE_WRITE) | UInt32(IN_MOVED_TO)
      | UInt32(IN_DELETE_SELF) | UInt32(IN_MOVE_SELF) | UInt32(IN_ONLYDIR)
    guard inotify_add_watch(descriptor, path, mask) >= 0 else {
      throw SystemError(.watch, .root, code: errno)
    }
  }

  /// Waits until something happens.
  ///
  /// - Parameters:
  ///   - signals: A descriptor that becomes readable when a signal comes; -1 for none.
  ///   - output: Whose readers are watched; -1 for none.
  ///   - milliseconds: When to go on without news; `nil` for never.
  package func wait(
    signals: Int32 = -1, output: Int32 = -1, milliseconds: Int? = nil
  ) -> Wake {
    var requests = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
      pollfd(fd: output, events: 0, revents: 0),
    ]
    let limit = milliseconds.map { Int32(clamping: max(0, $0)) } ?? -1
    let count = poll(&requests, nfds_t(requests.count), limit)
    guard count > 0 else { return [] }
    var wake: Wake = []
    if requests[0].revents != 0 { wake.insert(.news) }
    if requests[1].revents != 0 { wake.insert(.signal) }
    if requests[2].revents & Int16(POLLERR | POLLHUP) != 0 { wake.insert(.hangUp) }
    return wake
  }

  /// What happened since the last call, in order; nothing where nothing did.
  package func news() -> [News] {
    var news: [News] = []
    var buffer = [UInt8](repeating: 0, count: Self.bufferByteCount)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return news }
      news += Self.parse(buffer[..<count])
    }
  }

  /// The records of `inotify(7)`: descriptor, mask, cookie, length (u32 each), and the name with zeros behind it.
  private static func parse(_ bytes: ArraySlice<UInt8>) -> [News] {
    let headerByteCount = 16
    var news: [News] = []
    var position = bytes.startIndex
    while position + headerByteCount <= bytes.endIndex {
      let mask = word(bytes, at: position + 4)
      let length = Int(word(bytes, at: position + 12))
      let start = position + headerByteCount
      guard start + length <= bytes.endIndex else { return news }
      let name = ByteString(bytes: Array(bytes[start..<start + length].prefix { $0 != 0 }))
      position = start + length
      if mask & UInt32(IN_Q_OVERFLOW) != 0 {
        news.append(.overflow)
      } else if mask & UInt32(IN_DELETE_SELF | IN_MOVE_SELF) != 0 {
        news.append(.folderGone)
      } else if mask & UInt32(IN_CLOSE_WRITE | IN_MOVED_TO) != 0 {
        news.append(.complete(name))
      } else if mask & UInt32(IN_CREATE | IN_MODIFY) != 0 {
        news.append(.changed(name))
      }
    }
    return news
  }

  private static func word(_ bytes: ArraySlice<UInt8>, at position: Int) -> UInt32 {
    (0..<4).reduce(0) { word, index in word | UInt32(bytes[position + index]) << (8 * index) }
  }
}
