package import TripModel

/// A file that a `FileSystem` has open.
package struct FileHandleNumber: RawRepresentable, Hashable, Sendable {
  package let rawValue: Int32

  package init(rawValue: Int32) {
    self.rawValue = rawValue
  }
}

/// One name in a folder.
package struct DirectoryEntry: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case file, directory, other
  }

  package let name: ByteString
  package let kind: Kind

  package init(name: ByteString, kind: Kind) {
    self.name = name
    self.kind = kind
  }
}

package enum LockMode: Hashable, Sendable {
  case shared, exclusive
}

/// The lake's one door to the operating system: every call a lake makes, relative to its folder.
///
/// Each method is one attempt: short reads and writes and interruptions are reported as they come;
/// `StoreFile` holds the loops. Symbolic links are never followed, and only regular files are opened.
package protocol FileSystem: Sendable {
  /// Makes a file that does not exist yet and opens it for writing.
  func create(_ path: LakePath) throws(SystemError) -> FileHandleNumber
  /// Opens a file for reading and locking.
  func open(_ path: LakePath) throws(SystemError) -> FileHandleNumber
  /// Opens a file for reading, locking, and writing at its end, wherever a write is told to land.
  func openForAppending(_ path: LakePath) throws(SystemError) -> FileHandleNumber
  /// Gives the number back, also when it throws; it is not to be used again.
  func close(_ file: FileHandleNumber, _ path: LakePath) throws(SystemError)
  func byteCount(_ file: FileHandleNumber, _ path: LakePath) throws(SystemError) -> Int
  /// Fills `destination` from its beginning with the bytes from `offset` on.
  /// - Returns: How many bytes were read; 0 at the end of the file.
  func read(
    _ file: FileHandleNumber, _ path: LakePath, at offset: Int,
    into destination: UnsafeMutableRawBufferPointer
  ) throws(SystemError) -> Int
  /// Writes `bytes`, or some of them, so that the first lands at `offset`.
  /// - Returns: How many bytes were written.
  func write(
    _ file: FileHandleNumber, _ path: LakePath, at offset: Int, _ bytes: RawSpan
  ) throws(SystemError) -> Int
  /// Writes the first of many bytes, as `write`, but from where they lie to the disk, so that no copy is kept in memory.
  /// They are durable no sooner than others.
  /// - Returns: How many bytes were written; `nil`, and nothing was, where the file system cannot do it with them.
  func writeDirect(
    _ file: FileHandleNumber, _ path: LakePath, at offset: Int, _ bytes: RawSpan
  ) throws(SystemError) -> Int?
  /// Reserves room and sets the size; a file system that cannot is passed over in silence.
  func allocate(
    _ file: FileHandleNumber, _ path: LakePath, byteCount: Int
  ) throws(SystemError)
  /// Makes the bytes of a file durable; its name is not.
  func synchronize(_ file: FileHandleNumber, _ path: LakePath) throws(SystemError)
  /// Makes the names in a folder durable.
  func synchronizeDirectory(_ path: LakePath) throws(SystemError)
  func makeDirectory(_ path: LakePath) throws(SystemError)
  /// The names in a folder in no order, without `.` and `..`.
  func list(_ path: LakePath) throws(SystemError) -> [DirectoryEntry]
  /// Gives the file `source` a second name; `EEXIST` where `target` exists.
  func link(_ source: LakePath, to target: LakePath) throws(SystemError)
  /// Takes a file's name away.
  func remove(_ path: LakePath) throws(SystemError)
  /// Takes a lock that lasts until the file is closed, without waiting.
  /// - Returns: `false` where another holder stands in the way.
  func lock(
    _ file: FileHandleNumber, _ path: LakePath, _ mode: LockMode
  ) throws(SystemError) -> Bool
  /// Whether `path` leads to the very file that is open as `file`.
  func isSame(_ file: FileHandleNumber, _ path: LakePath) throws(SystemError) -> Bool
  /// How many names lead to the file.
  func linkCount(_ file: FileHandleNumber, _ path: LakePath) throws(SystemError) -> Int

  /// The folder as people know it, for messages.
  var displayPath: String { get }
}
