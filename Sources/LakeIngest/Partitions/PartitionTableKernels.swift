/// Finds the slot of a (region code, week) pair; open addressing.
final class PartitionTable {
  private struct Entry {
    var key: UInt64
    /// `UInt32.max` marks a free place.
    var slot: UInt32
  }

  private var entries: UnsafeMutablePointer<Entry>
  private var mask: Int
  /// The key of each slot, in the order of first sight.
  private(set) var keys: [UInt64] = []

  init() {
    mask = 1023
    entries = Self.makeEntries(capacity: 1024)
  }

  deinit {
    entries.deallocate()
  }

  static func key(region: UInt32, week: Int32) -> UInt64 {
    UInt64(region) << 32 | UInt64(UInt32(bitPattern: week))
  }

  static func region(ofKey key: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: key >> 32) }

  static func week(ofKey key: UInt64) -> Int32 { Int32(truncatingIfNeeded: key) }

  /// The slot of `key`; a new key is given the next number.
  @inline(__always)
  func slot(_ key: UInt64, isNew: inout Bool) -> Int {
    var place = Self.hash(key) & mask
    while true {
      let entry = entries[place]
      if entry.slot == UInt32.max { break }
      if entry.key == key { return Int(entry.slot) }
      place = (place + 1) & mask
    }
    isNew = true
    return insert(key)
  }

  func removeAll() {
    for index in 0...mask { entries[index].slot = UInt32.max }
    keys.removeAll(keepingCapacity: true)
  }

  @inline(never)
  private func insert(_ key: UInt64) -> Int {
    if (keys.count + 1) * 2 > mask { grow() }
    let slot = keys.count
    keys.append(key)
    place(Entry(key: key, slot: UInt32(slot)))
    return slot
  }

  private func place(_ entry: Entry) {
    var place = Self.hash(entry.key) & mask
    while entries[place].slot != UInt32.max { place = (place + 1) & mask }
    entries[place] = entry
  }

  private func grow() {
    entries.deallocate()
    mask = mask * 2 + 1
    entries = Self.makeEntries(capacity: mask + 1)
    for (slot, key) in keys.enumerated() { place(Entry(key: key, slot: UInt32(slot))) }
  }

  private static func makeEntries(capacity: Int) -> UnsafeMutablePointer<Entry> {
    let entries = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
    entries.initialize(repeating: Entry(key: 0, slot: UInt32.max), count: capacity)
    return entries
  }

  @inline(__always)
  private static func hash(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> 40)
  }
}
