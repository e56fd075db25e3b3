internal import TripModel

/// Random numbers that a seed fixes, for tests.
package struct SeededRandom: RandomNumberGenerator, Sendable {
  private var random: SplitMix64

  package init(seed: UInt64) {
    random = SplitMix64(seed: seed)
  }

  package mutating func next() -> UInt64 { random.next() }

  /// A number in `range`, each equally likely but for a bias far below what a test can see.
  package mutating func integer(in range: Range<Int>) -> Int {
    range.lowerBound + Int(random.below(UInt64(range.count)))
  }

  /// A number from 0 up to but not including 1, with 53 random bits.
  package mutating func fraction() -> Double {
    random.fraction()
  }

  package mutating func chance(_ probability: Double) -> Bool {
    fraction() < probability
  }
}
