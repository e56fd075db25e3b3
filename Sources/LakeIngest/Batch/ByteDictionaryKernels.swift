/// Gives each distinct byte string of a worker a small number, in the order of first sight.
///
/// Open addressing over a power of two. The first 32 bytes of a string stand in its entry, the whole string in an
/// arena; names are short, so a look-up costs one hash and one comparison of four words as a rule.
final class ByteDictionary {
  private struct Entry {
    var head: Head
    var byteCount: UInt32
    /// `UInt32.max` marks a free place.
    var code: UInt32
    var offset: Int
  }

  /// The first 32 bytes as words, zeros behind the last byte.
  private typealias Head = SIMD4<UInt64>

  /// What must be readable from the first byte of a text on.
  static let headByteCount = MemoryLayout<Head>.size

  /// As many bytes that are kept as there are bytes that are not.
  private let headMasks: UnsafeMutablePointer<UInt8>
  /// Many more places than there are names as a rule: each that is not free where another should be costs a branch that
  /// is hard to foresee.
  private static let firstCapacity = 1024

  private var entries: UnsafeMutablePointer<Entry>
  private var mask: Int
  private var arena: UnsafeMutablePointer<UInt8>
  private var arenaCapacity: Int
  private var arenaCount = 0
  private(set) var count = 0
  /// Where each code's bytes lie in the arena.
  private var ranges: [Range<Int>] = []
  /// The chunk in which each code was seen last.
  private var chunks: UnsafeMutablePointer<Int>
  private var chunkCapacity = 256

  init() {
    headMasks = .allocate(capacity: 2 * Self.headByteCount)
    headMasks.initialize(repeating: .max, count: Self.headByteCount)
    (headMasks + Self.headByteCount).initialize(repeating: 0, count: Self.headByteCount)
    mask = Self.firstCapacity - 1
    entries = Self.makeEntries(capacity: Self.firstCapacity)
    arenaCapacity = 4096
    arena = .allocate(capacity: arenaCapacity)
    chunks = .allocate(capacity: chunkCapacity)
  }

  deinit {
    headMasks.deallocate()
    entries.deallocate()
    arena.deallocate()
    chunks.deallocate()
  }

  /// What a text of this length takes in memory at most: its bytes and its entry in tables that grow by doubling,
  /// while the old ones are still there.
  static func memoryByteCount(ofText byteCount: Int) -> Int { 3 * byteCount + 480 }

  /// Forgets all texts and gives their memory back.
  func removeAll() {
    guard count > 0 else { return }
    entries.deallocate()
    mask = Self.firstCapacity - 1
    entries = Self.makeEntries(capacity: Self.firstCapacity)
    arena.deallocate()
    arenaCapacity = 4096
    arena = .allocate(capacity: arenaCapacity)
    arenaCount = 0
    count = 0
    ranges = []
    chunks.deallocate()
    chunkCapacity = 256
    chunks = .allocate(capacity: chunkCapacity)
  }

  /// Whether this is the first time that a chunk asks about a code. Unchecked: the code was given out.
  @inline(__always)
  func isFirst(_ code: UInt32, inChunk sequence: Int) -> Bool {
    let place = chunks + Int(code)
    if place.pointee == sequence { return false }
    place.pointee = sequence
    return true
  }

  /// Lends the bytes of a code. Unchecked: the code was given out.
  @inline(__always)
  func bytes(ofCode code: Int) -> UnsafeBufferPointer<UInt8> {
    let range = ranges[code]
    return UnsafeBufferPointer(start: arena + range.lowerBound, count: range.count)
  }

  subscript(code: Int) -> [UInt8] {
    let range = ranges[code]
    return Array(UnsafeBufferPointer(start: arena + range.lowerBound, count: range.count))
  }

  /// Lengths differ from row to row, so nothing branches on them.
  @inline(__always)
  private func head(_ text: UnsafePointer<UInt8>, byteCount: Int) -> Head {
    let masks = UnsafeRawPointer(
      headMasks + Self.headByteCount - min(byteCount, Self.headByteCount))
    return UnsafeRawPointer(text).loadUnaligned(as: Head.self)
      & masks.loadUnaligned(as: Head.self)
  }

  /// The code of the bytes, or `nil` where they were never seen.
  ///
  /// Unchecked: `headByteCount` bytes can be read.
  @inline(__always)
  func find(_ text: UnsafePointer<UInt8>, byteCount: Int) -> UInt32? {
    let head = head(text, byteCount: byteCount)
    var place = Self.hash(text, byteCount: byteCount, head: head) & mask
    while true {
      let entry = entries + place
      if Self.areEqual(entry.pointee.head, head), Int(entry.pointee.byteCount) == byteCount,
        byteCount <= Self.headByteCount || isTailEqual(entry.pointee.offset, text, byteCount)
      {
        // A free place has the head of the empty text and its length.
        return entry.pointee.code == UInt32.max ? nil : entry.pointee.code
      }
      if entry.pointee.code == UInt32.max { return nil }
      place = (place + 1) & mask
    }
  }

  @inline(__always)
  private static func areEqual(_ left: Head, _ right: Head) -> Bool {
    let difference = left ^ right
    return difference[0] | difference[1] | difference[2] | difference[3] == 0
  }

  /// Adds bytes that `find` did not find.
  func insert(_ text: UnsafePointer<UInt8>, byteCount: Int) -> UInt32 {
    if (count + 1) * 2 > mask { grow() }
    if arenaCount + byteCount > arenaCapacity { growArena(by: byteCount) }
    (arena + arenaCount).update(from: text, count: byteCount)
    let code = UInt32(count)
    place(
      Entry(
        head: head(text, byteCount: byteCount), byteCount: UInt32(byteCount), code: code,
        offset: arenaCount))
    ranges.append(arenaCount..<arenaCount + byteCount)
    if count == chunkCapacity { growChunks() }
    chunks[count] = -1
    arenaCount += byteCount
    count += 1
    return code
  }

  private func place(_ entry: Entry) {
    let hash = Self.hash(
      arena + entry.offset, byteCount: Int(entry.byteCount), head: entry.head)
    var place = hash & mask
    while entries[place].code != UInt32.max { place = (place + 1) & mask }
    entries[place] = entry
  }

  private func grow() {
    let old = entries
    let oldCount = mask + 1
    mask = oldCount * 2 - 1
    entries = Self.makeEntries(capacity: oldCount * 2)
    for index in 0..<oldCount where old[index].code != UInt32.max { place(old[index]) }
    old.deallocate()
  }

  private func growArena(by byteCount: Int) {
    let capacity = max(arenaCapacity * 2, arenaCapacity + byteCount)
    let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    grown.update(from: arena, count: arenaCount)
    arena.deallocate()
    arena = grown
    arenaCapacity = capacity
  }

  private func growChunks() {
    let grown = UnsafeMutablePointer<Int>.allocate(capacity: chunkCapacity * 2)
    grown.update(from: chunks, count: chunkCapacity)
    chunks.deallocate()
    chunks = grown
    chunkCapacity *= 2
  }

  private static func makeEntries(capacity: Int) -> UnsafeMutablePointer<Entry> {
    let entries = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
    entries.initialize(
      repeating: Entry(head: Head(), byteCount: 0, code: UInt32.max, offset: 0), count: capacity)
    return entries
  }

  /// A multiplicative hash of the length and all bytes.
  @inline(__always)
  private static func hash(_ text: UnsafePointer<UInt8>, byteCount: Int, head: Head) -> Int {
    let first = head[0] ^ head[2] &* 0xff51_afd7_ed55_8ccd ^ UInt64(truncatingIfNeeded: byteCount)
    let second = head[1] ^ head[3] &* 0xc4ce_b9fe_1a85_ec53
    let mixed = first &* 0x9e37_79b9_7f4a_7c15 ^ second &* 0xd6e8_feb8_6659_fd93
    let hash = byteCount > headByteCount ? mixTail(text, byteCount, into: mixed) : mixed
    return Int(truncatingIfNeeded: hash >> 32 ^ hash >> 51)
  }

  /// Long names may all begin alike, so every byte counts.
  @inline(never)
  private static func mixTail(
    _ text: UnsafePointer<UInt8>, _ byteCount: Int, into mixed: UInt64
  ) -> UInt64 {
    (headByteCount..<byteCount).reduce(mixed) { hash, index in
      (hash ^ UInt64(text[index])) &* 0xff51_afd7_ed55_8ccd
    }
  }

  /// Compares what does not stand in the entry.
  @inline(never)
  private func isTailEqual(_ offset: Int, _ text: UnsafePointer<UInt8>, _ byteCount: Int) -> Bool {
    (Self.headByteCount..<byteCount).allSatisfy { arena[offset + $0] == text[$0] }
  }
}
