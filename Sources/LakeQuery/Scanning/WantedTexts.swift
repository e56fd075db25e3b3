internal import LakeColumns
internal import LakeFile
internal import TripModel

/// Which entries of a text column's dictionary a condition asks for.
final class WantedTexts {
  /// 1 for each entry that is wanted, else 0.
  let isWanted: ColumnBuffer<UInt8>
  /// How many entries before each index are wanted; one element more than the dictionary has.
  private let wantedBefore: [Int]

  /// - Parameters:
  ///   - dictionary: Distinct, in byte order.
  ///   - names: Distinct, in byte order.
  init(_ names: [ByteString], in dictionary: [ByteString]) {
    var isWanted = ColumnBuffer<UInt8>(capacity: dictionary.count)
    var wantedBefore = [0]
    var next = 0
    for (index, text) in dictionary.enumerated() {
      while next < names.count, names[next] < text { next += 1 }
      let isHit = next < names.count && names[next] == text
      isWanted.append(isHit ? 1 : 0)
      wantedBefore.append(wantedBefore[index] + (isHit ? 1 : 0))
    }
    self.isWanted = isWanted
    self.wantedBefore = wantedBefore
  }

  /// - Parameter dictionary: Distinct, in byte order.
  init(in dictionary: [ByteString], where isHit: (ByteString) -> Bool) {
    var isWanted = ColumnBuffer<UInt8>(capacity: dictionary.count)
    var wantedBefore = [0]
    for (index, text) in dictionary.enumerated() {
      let hit = isHit(text) ? 1 : 0
      isWanted.append(UInt8(hit))
      wantedBefore.append(wantedBefore[index] + hit)
    }
    self.isWanted = isWanted
    self.wantedBefore = wantedBefore
  }

  /// What the smallest and largest index of a block prove of its rows.
  func verdict(of map: ZoneMap) -> PruningVerdict {
    guard map.hasRange, map.minimum <= map.maximum, map.maximum < UInt64(isWanted.count) else {
      return .scan
    }
    let (low, high) = (Int(map.minimum), Int(map.maximum))
    let wantedCount = wantedBefore[high + 1] - wantedBefore[low]
    if wantedCount == 0 { return .skip }
    return wantedCount == high + 1 - low && map.rangeHoldsAllRows ? .cover : .scan
  }
}
