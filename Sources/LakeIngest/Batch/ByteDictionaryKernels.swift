/// Gives each distinct byte string of a worker a small number, in the order of first sight.
///
/// Open addressing over a power of two; strings lie one behind the other in an arena. A look-up costs one
/// hash of the bytes and, as a rule, one comparison.
final class ByteDictionary {
  private struct Entry {
    var hash: UInt64
    var offset: UInt32
    /// `UInt32.max` marks a free place.
    var code: UInt32
    var byteCount: UInt32
  }

  private var entries: UnsafeMutablePointer<Entry>
  private var mask: Int
  private var arena: UnsafeMutablePointer<UInt8>
  private var arenaCapacity: Int
  private var arenaCount = 0
  private(set) var count = 0
  /// Where each code's bytes lie in the arena.
  private var ranges: [Range<Int>] = []

  init() {
    mask = 255
    entries = Self.makeEntries(capacity: 256)
    arenaCapacity = 4096
    arena = .allocate(capacity: arenaCapacity)
  }

  deinit {
    entries.deallocate()
    arena.deallocate()
  }

  subscript(code: Int) -> [UInt8] {
    let range = ranges[code]
    return Array(UnsafeBufferPointer(start: arena + range.lowerBound, count: range.count))
  }

  /// The code of the bytes, or `nil` where they were never seen.
  ///
  /// Unchecked: eight readable bytes follow the text.
  @inline(__always)
  func find(_ text: UnsafePointer<UInt8>, byteCount: Int) -> UInt32? {
    let hash = Self.hash(text, byteCount: byteCount)
    var place = Int(truncatingIfNeeded: hash >> 32) & mask
    while true {
      let entry = entries[place]
      if entry.code == UInt32.max { return nil }
      if entry.hash == hash, Int(entry.byteCount) == byteCount,
        Self.areEqual(arena + Int(entry.offset), text, byteCount: byteCount)
      {
        return entry.code
      }
      place = (place + 1) & mask
    }
  }

  /// Adds bytes that `find` did not find.
  func insert(_ text: UnsafePointer<UInt8>, byteCount: Int) -> UInt32 {
    if (count + 1) * 2 > mask { grow() }
    if arenaCount + byteCount + 8 > arenaCapacity { growArena(by: byteCount + 8) }
    (arena + arenaCount).update(from: text, count: byteCount)
    let code = UInt32(count)
    place(
      Entry(
        hash: Self.hash(text, byteCount: byteCount), offset: UInt32(arenaCount), code: code,
        byteCount: UInt32(byteCount)))
    ranges.append(arenaCount..<arenaCount + byteCount)
    arenaCount += byteCount
    count += 1
    return code
  }

  private func place(_ entry: Entry) {
    var place = Int(truncatingIfNeeded: entry.hash >> 32) & mask
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
      repeating: Entry(hash: 0, offset: 0, code: UInt32.max, byteCount: 0), count: capacity)
    return entries
  }

  /// A multiplicative hash of eight bytes at a time; names are short.
  @inline(__always)
  private static func hash(_ text: UnsafePointer<UInt8>, byteCount: Int) -> UInt64 {
    let raw = UnsafeRawPointer(text)
    var hash = UInt64(truncatingIfNeeded: byteCount) &* 0x9e37_79b9_7f4a_7c15
    var offset = 0
    while offset + 8 <= byteCount {
      hash = mix(hash ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    let tail = byteCount - offset
    if tail > 0 {
      let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
      hash = mix(hash ^ (word & (UInt64.max >> UInt64(64 - 8 * tail))))
    }
    return hash
  }

  @inline(__always)
  private static func mix(_ word: UInt64) -> UInt64 {
    let product = word.multipliedFullWidth(by: 0xd6e8_feb8_6659_fd93)
    return product.high ^ product.low
  }

  @inline(__always)
  private static func areEqual(
    _ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, byteCount: Int
  ) -> Bool {
    let first = UnsafeRawPointer(left)
    let second = UnsafeRawPointer(right)
    var offset = 0
    while offset + 8 <= byteCount {
      if first.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        != second.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      {
        return false
      }
      offset += 8
    }
    while offset < byteCount {
      if left[offset] != right[offset] { return false }
      offset += 1
    }
    return true
  }
}
