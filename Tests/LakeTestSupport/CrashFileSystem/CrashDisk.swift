internal import LakeStore

/// A disk in memory that knows what a power cut could take.
///
/// Each file has bytes that are durable and pieces that are only pending; each folder has names that are
/// durable and changes that are only pending. `synchronize` on a file makes its bytes durable but not its
/// name; on a folder it makes its names durable; nothing else orders anything (the default model of
/// Pillai et al., "All File Systems Are Not Created Equal", OSDI 2014).
package struct CrashDisk: Sendable {
  /// Bytes that were written and not yet brought to the disk.
  package struct Piece: Sendable {
    package let offset: Int
    package let bytes: [UInt8]
  }

  package struct File: Sendable {
    package var durable: [UInt8] = []
    package var pending: [Piece] = []
    /// Pieces of a failed `synchronize`: the system took them for written, so no later one writes them.
    package var lost: [Piece] = []
    /// What readers see as long as the power is on.
    package var current: [UInt8] = []
    package var hasFailedSynchronization = false
  }

  package enum Change: Sendable {
    case add(String, Int)
    case remove(String)
  }

  package struct Folder: Sendable {
    package var durable: [String: Int] = [:]
    package var pending: [Change] = []
    package var current: [String: Int] = [:]
  }

  /// Writes are cut into pieces of this size, each of which can be lost by itself.
  package static let pieceByteCount = 1024
  package static let root = 0

  package var files: [Int: File] = [:]
  package var folders: [Int: Folder] = [root: Folder()]
  private var nextNumber = 1

  package init() {}

  /// The number of the file or folder that `components` lead to.
  package func look(up components: ArraySlice<String>) -> Int? {
    var number = Self.root
    for name in components {
      guard let next = folders[number]?.current[name] else { return nil }
      number = next
    }
    return number
  }

  /// How many names lead to a file.
  package func linkCount(of file: Int) -> Int {
    folders.values.reduce(0) { $0 + $1.current.values.count { $0 == file } }
  }

  package mutating func addFile(_ name: String, to folder: Int) -> Int {
    defer { nextNumber += 1 }
    files[nextNumber] = File()
    add(name, nextNumber, to: folder)
    return nextNumber
  }

  package mutating func addFolder(_ name: String, to folder: Int) {
    folders[nextNumber] = Folder()
    add(name, nextNumber, to: folder)
    nextNumber += 1
  }

  package mutating func add(_ name: String, _ number: Int, to folder: Int) {
    folders[folder]?.current[name] = number
    folders[folder]?.pending.append(.add(name, number))
  }

  package mutating func remove(_ name: String, from folder: Int) {
    folders[folder]?.current[name] = nil
    folders[folder]?.pending.append(.remove(name))
  }

  package mutating func write(_ bytes: [UInt8], at offset: Int, to file: Int) {
    var start = 0
    while start < bytes.count {
      let end = min(start + Self.pieceByteCount, bytes.count)
      let piece = Piece(offset: offset + start, bytes: Array(bytes[start..<end]))
      files[file]?.pending.append(piece)
      files[file]?.current.place(piece)
      start = end
    }
  }

  package mutating func synchronizeFile(_ file: Int) {
    let pending = files[file]?.pending ?? []
    for piece in pending { files[file]?.durable.place(piece) }
    files[file]?.pending = []
  }

  /// What a failed fsync does: the pending bytes may or may not be there, and no later call tells.
  package mutating func failSynchronization(ofFile file: Int) {
    let pending = files[file]?.pending ?? []
    files[file]?.lost += pending
    files[file]?.pending = []
    files[file]?.hasFailedSynchronization = true
  }

  package mutating func synchronizeFolder(_ folder: Int) {
    let current = folders[folder]?.current ?? [:]
    folders[folder]?.durable = current
    folders[folder]?.pending = []
  }

  /// How many things a power cut could take or leave, each by itself.
  package var pendingCount: Int {
    files.values.reduce(0) { $0 + $1.pending.count + $1.lost.count }
      + folders.values.reduce(0) { $0 + $1.pending.count }
  }
}

extension [UInt8] {
  /// Writes a piece; a gap before it reads as zeros.
  fileprivate mutating func place(_ piece: CrashDisk.Piece) {
    place(piece.bytes, at: piece.offset)
  }

  mutating func place(_ bytes: [UInt8], at offset: Int) {
    let end = offset + bytes.count
    if count < end { append(contentsOf: [UInt8](repeating: 0, count: end - count)) }
    replaceSubrange(offset..<end, with: bytes)
  }
}
