/// Finds the slot of a (region code, week) pair: the first 256 regions and some five years of weeks in a table by
/// place, all others by hashing with open addressing.
final class PartitionTable {
  private struct Entry {
    var key: UInt64
    /// `UInt32.max` marks a free place.
    var slot: UInt32
  }

  private static let nearRegionCount: UInt32 = 256
  private static let nearWeekCount: UInt32 = 256
  /// Places of a region; a power of two would put all regions into the same lines of the cache.
  private static let nearStride = 272
  private static let nearCount = Int(nearRegionCount) * nearStride

  /// One more than the slot of each near pair; 0 where there is none.
  private let near: UnsafeMutablePointer<UInt32>
  /// The first week of the near ones; set by the first pair.
  private var firstNearWeek: Int32 = 0
  private var entries: UnsafeMutablePointer<Entry>
  private var mask: Int
  /// The key of each slot, in the order of first sight.
  private(set) var keys: [UInt64] = []

  init() {
    near = .allocate(capacity: Self.nearCount)
    near.initialize(repeating: 0, count: Self.nearCount)
    mask = 1023
    entries = Self.makeEntries(capacity: 1024)
  }

  deinit {
    near.deallocate()
    entries.deallocate()
  }

  static func key(region: UInt32, week: Int32) -> UInt64 {
    UInt64(region) << 32 | UInt64(UInt32(bitPattern: week))
  }

  static func region(ofKey key: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: key >> 32) }

  static func week(ofKey key: UInt64) -> Int32 { Int32(truncatingIfNeeded: key) }

  /// The slot of a pair; a new one is given the next number.
  @inline(__always)
  func slot(region: UInt32, week: Int32, isNew: inout Bool) -> Int {
    let weekOffset = UInt32(bitPattern: week &- firstNearWeek)
    if region < Self.nearRegionCount, weekOffset < Self.nearWeekCount {
      let found = near[Int(region) &* Self.nearStride &+ Int(weekOffset)]
      if found != 0 { return Int(found &- 1) }
    }
    return farSlot(region: region, week: week, isNew: &isNew)
  }

  /// The slot of a pair that is not near, or new.
  @inline(never)
  private func farSlot(region: UInt32, week: Int32, isNew: inout Bool) -> Int {
    let key = Self.key(region: region, week: week)
    var place = Self.hash(key) & mask
    while true {
      let entry = entries[place]
      if entry.slot == UInt32.max { break }
      if entry.key == key { return Int(entry.slot) }
      place = (place + 1) & mask
    }
    isNew = true
    let slot = insert(key)
    if slot == 0 { firstNearWeek = week &- Int32(Self.nearWeekCount / 2) }
    let weekOffset = UInt32(bitPattern: week &- firstNearWeek)
    if region < Self.nearRegionCount, weekOffset < Self.nearWeekCount {
      near[Int(region) * Self.nearStride + Int(weekOffset)] = UInt32(slot) + 1
    }
    return slot
  }

  func removeAll() {
    near.update(repeating: 0, count: Self.nearCount)
    for index in 0...mask { entries[index].slot = UInt32.max }
    keys.removeAll(keepingCapacity: true)
  }

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

  private static func hash(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> 40)
  }
}
