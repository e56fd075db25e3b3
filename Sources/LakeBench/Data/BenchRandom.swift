/// Random numbers of one row: a row's numbers depend on the seed and the row's index alone, so that any thread
/// can make any row.
///
/// Source: Vigna, splitmix64.
struct BenchRandom {
  private var state: UInt64

  init(seed: UInt64, row: UInt64) {
    state = seed &+ row &* 0xd134_2543_de82_ef95
    state = next() ^ row
  }

  @inline(__always)
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  /// A number below `bound`.
  @inline(__always)
  mutating func below(_ bound: UInt64) -> UInt64 {
    next().multipliedFullWidth(by: bound).high
  }

  /// From 0 up to but not including 1.
  @inline(__always)
  mutating func fraction() -> Double {
    Double(next() >> 11) * 0x1p-53
  }
}
