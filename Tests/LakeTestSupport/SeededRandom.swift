/// Random numbers that a seed fixes, on every machine and in every version.
///
/// Source: Vigna, splitmix64.
package struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) {
    state = seed
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  /// A number in `range`, each equally likely but for a bias far below what a test can see.
  package mutating func integer(in range: Range<Int>) -> Int {
    range.lowerBound + Int(next().multipliedFullWidth(by: UInt64(range.count)).high)
  }

  /// A number from 0 up to but not including 1, with 53 random bits.
  package mutating func fraction() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  package mutating func chance(_ probability: Double) -> Bool {
    fraction() < probability
  }
}
