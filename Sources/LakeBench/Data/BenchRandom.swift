internal import TripModel

extension SplitMix64 {
  /// Random numbers of one row: they depend on the seed and the row's index alone, so that any thread can make
  /// any row.
  @inline(__always)
  init(seed: UInt64, row: UInt64) {
    var first = SplitMix64(seed: seed &+ row &* 0xd134_2543_de82_ef95)
    self.init(seed: first.next() ^ row)
  }
}
