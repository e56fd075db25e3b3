/// Gives each distinct byte string of a worker a small number, in the order of first sight.
///
/// Open addressing over a power of two. The first 32 bytes of a string stand in its entry, the whole string in an
/// arena; names are short, so a look-up costs one hash and one comparison of four words as a rule.
final class ByteDictionary {
  fileprivate struct Entry {
    var head: Head
    var offset: Int
    /// The chunk in which the string was seen last; `noChunk` where it was in none.
    var chunk: Int
    var byteCount: UInt32
    /// `UInt32.max` marks a free place.
    var code: UInt32
  }

  /// The first 32 bytes as words, zeros behind the last byte.
  fileprivate typealias Head = SIMD4<UInt64>

  /// What must be readable from the first byte of a text on.
  static let headByteCount = MemoryLayout<Head>.size

  /// What is no chunk's number.
  private static let noChunk = -1

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

  init() {
    headMasks = .allocate(capacity: 2 * Self.headByteCount)
    headMasks.initialize(repeating: .max, count: Self.headByteCount)
    (headMasks + Self.headByteCount).initialize(repeating: 0, count: Self.headByteCount)
    mask = Self.firstCapacity - 1
    entries = Self.makeEntries(capacity: Self.firstCapacity)
    arenaCapacity = 4096
    arena = .allocate(capacity: arenaCapacity)
  }

  deinit {
    headMasks.deallocate()
    entries.deallocate()
    arena.deallocate()
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

  /// The places, for a loop that looks up many texts of a chunk.
  @inline(__always)
  func places(ofChunk chunk: Int) -> Places {
    Places(
      entries: entries, mask: mask, shift: UInt64(truncatingIfNeeded: mask.leadingZeroBitCount),
      masksEnd: headMasks + Self.headByteCount, chunk: chunk)
  }

  /// The code of the bytes, and whether this is the first time that the chunk asks for it; `nil` where they were never
  /// seen.
  ///
  /// Unchecked: `headByteCount` bytes can be read.
  @inline(never)
  func find(
    _ text: UnsafePointer<UInt8>, byteCount: Int, inChunk chunk: Int
  ) -> (code: UInt32, isFirst: Bool)? {
    let places = places(ofChunk: chunk)
    let head = places.head(text, byteCount: byteCount)
    var place = places.place(of: Self.hash(text, byteCount: byteCount, head: head))
    while entries[place].code != UInt32.max {
      let entry = entries + place
      if Places.areEqual(entry.pointee.head, head), Int(entry.pointee.byteCount) == byteCount,
        byteCount <= Self.headByteCount || isTailEqual(entry.pointee.offset, text, byteCount)
      {
        let isFirst = entry.pointee.chunk != chunk
        entry.pointee.chunk = chunk
        return (entry.pointee.code, isFirst)
      }
      place = (place + 1) & mask
    }
    return nil
  }

  /// Adds bytes that `find` did not find in this chunk.
  func insert(_ text: UnsafePointer<UInt8>, byteCount: Int, inChunk chunk: Int) -> UInt32 {
    if (count + 1) * 2 > mask { grow() }
    if arenaCount + byteCount > arenaCapacity { growArena(by: byteCount) }
    (arena + arenaCount).update(from: text, count: byteCount)
    let code = UInt32(count)
    place(
      Entry(
        head: places(ofChunk: chunk).head(text, byteCount: byteCount), offset: arenaCount,
        chunk: chunk, byteCount: UInt32(byteCount), code: code))
    ranges.append(arenaCount..<arenaCount + byteCount)
    arenaCount += byteCount
    count += 1
    return code
  }

  private func place(_ entry: Entry) {
    let hash = Self.hash(
      arena + entry.offset, byteCount: Int(entry.byteCount), head: entry.head)
    var place = places(ofChunk: entry.chunk).place(of: hash)
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

  private static func makeEntries(capacity: Int) -> UnsafeMutablePointer<Entry> {
    let entries = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
    entries.initialize(
      repeating: Entry(head: Head(), offset: 0, chunk: noChunk, byteCount: 0, code: UInt32.max),
      count: capacity)
    return entries
  }

  /// A hash of all bytes.
  @inline(__always)
  private static func hash(_ text: UnsafePointer<UInt8>, byteCount: Int, head: Head) -> UInt64 {
    let hash = Places.hash(head)
    return byteCount > headByteCount ? mixTail(text, byteCount, into: hash) : hash
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

extension ByteDictionary {
  /// Where the texts of a dictionary are, as a loop over the rows of a chunk holds it in registers; good until a text
  /// is inserted.
  struct Places {
    fileprivate let entries: UnsafeMutablePointer<Entry>
    fileprivate let mask: Int
    /// What leaves of a hash as many bits as the mask has.
    fileprivate let shift: UInt64
    /// The bytes that are kept end here, and those that are not begin.
    fileprivate let masksEnd: UnsafeMutablePointer<UInt8>
    fileprivate let chunk: Int

    /// The code of a text of at most 32 bytes that the chunk has asked for before; `nil` for any other.
    ///
    /// Unchecked: `headByteCount` bytes can be read.
    @inline(__always)
    func codeOfKnown(_ text: UnsafePointer<UInt8>, byteCount: Int) -> UInt32? {
      guard byteCount <= headByteCount else { return nil }
      let head = head(text, keeping: byteCount)
      var place = place(of: Self.hash(head))
      while true {
        let entry = entries + place
        // A free place is of no chunk.
        if Self.areEqual(entry.pointee.head, head), entry.pointee.chunk == chunk,
          Int(entry.pointee.byteCount) == byteCount
        {
          return entry.pointee.code
        }
        if entry.pointee.code == UInt32.max { return nil }
        place = (place &+ 1) & mask
      }
    }

    fileprivate func head(_ text: UnsafePointer<UInt8>, byteCount: Int) -> Head {
      head(text, keeping: min(byteCount, headByteCount))
    }

    /// Lengths differ from row to row, so nothing branches on them.
    @inline(__always)
    private func head(_ text: UnsafePointer<UInt8>, keeping byteCount: Int) -> Head {
      UnsafeRawPointer(text).loadUnaligned(as: Head.self)
        & UnsafeRawPointer(masksEnd - byteCount).loadUnaligned(as: Head.self)
    }

    @inline(__always)
    fileprivate static func areEqual(_ left: Head, _ right: Head) -> Bool {
      let difference = left ^ right
      return difference[0] | difference[1] | difference[2] | difference[3] == 0
    }

    /// A multiplicative hash of two words, which the four of a head are brought to first: one half less twice the
    /// other, so that halves that are alike do not cancel.
    @inline(__always)
    fileprivate static func hash(_ head: Head) -> UInt64 {
      let words = head.lowHalf &- head.highHalf &- head.highHalf
      return words[0] &* 0x9e37_79b9_7f4a_7c15 &+ words[1] &* 0xd6e8_feb8_6659_fd93
    }

    /// Only the upper bits of a product depend on all bytes.
    @inline(__always)
    fileprivate func place(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash &>> shift) }
  }
}
