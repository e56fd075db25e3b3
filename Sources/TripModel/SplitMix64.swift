/// Random numbers that a seed fixes, on every machine and in every version.
///
/// Source: Sebastiano Vigna, https://prng.di.unimi.it/splitmix64.c.
package struct SplitMix64: Hashable, Sendable {
  @usableFromInline
  var state: UInt64

  @inlinable
  package init(seed: UInt64) {
    state = seed
  }

  @inlinable
  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  /// A number below `bound`, each equally likely but for a bias of less than `bound` in 2^64.
  @inlinable
  package mutating func below(_ bound: UInt64) -> UInt64 {
    next().multipliedFullWidth(by: bound).high
  }

  /// From 0 up to but not including 1, with 53 random bits.
  @inlinable
  package mutating func fraction() -> Double {
    Double(next() >> 11) * 0x1p-53
  }
}
