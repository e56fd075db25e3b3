/// The XXH3-128 of a record of 65 to 96 bytes whose fields are at hand, so that it need not be written down first; parts
/// that many records share are made once.
///
/// XXH3 reads sixteen bytes at a time, from both ends towards the middle, and some bytes twice.
///
/// Source: the XXH3 specification in the xxHash repository, "17-128 byte input".
struct ShortDigest {
  /// Where sixteen bytes stand in a record.
  enum Place {
    case first, second, third, thirdLast, secondLast, last

    /// The words of the default secret for that place.
    var secret: (low: UInt64, high: UInt64) {
      switch self {
      case .first: (0xbe4b_a423_396c_feb8, 0x1cad_21f7_2c81_017c)
      case .last: (0xdb97_9083_e96d_d4de, 0x1f67_b3b7_a4a4_4072)
      case .second: (0x78e5_c0cc_4ee6_79cb, 0x2172_ffcc_7dd0_5a82)
      case .secondLast: (0x8e24_43f7_7446_08b8, 0x4c26_3a81_e690_35e0)
      case .third: (0xcb00_c391_bb52_283c, 0xa32e_531b_8b65_d088)
      case .thirdLast: (0x4ef9_0da2_9748_6471, 0xd8ac_dea9_46ef_1938)
      }
    }
  }

  /// What sixteen bytes add to the digest.
  struct Part: Sendable {
    fileprivate let sum: UInt64
    fileprivate let product: UInt64

    /// - Parameters:
    ///   - low: The first eight bytes, the least significant first.
    ///   - high: The other eight.
    @inline(__always)
    init(_ place: Place, low: UInt64, high: UInt64) {
      let secret = place.secret
      self.init(sum: low &+ high, keyedLow: low ^ secret.low, keyedHigh: high ^ secret.high)
    }

    /// - Parameters:
    ///   - sum: That of both halves, before the secret comes in.
    ///   - keyedLow: The first half, exclusive or the place's secret; likewise `keyedHigh`.
    @inline(__always)
    init(sum: UInt64, keyedLow: UInt64, keyedHigh: UInt64) {
      let product = keyedLow.multipliedFullWidth(by: keyedHigh)
      self.sum = sum
      self.product = product.low ^ product.high
    }
  }

  private var low: UInt64
  private var high: UInt64 = 0
  private let byteCount: UInt64

  private static var firstPrime: UInt64 { 0x9e37_79b1_85eb_ca87 }
  private static var secondPrime: UInt64 { 0xc2b2_ae3d_27d4_eb4f }
  private static var fourthPrime: UInt64 { 0x85eb_ca77_c2b2_ae63 }

  /// - Precondition: `byteCount` is 65 to 96.
  @inline(__always)
  init(byteCount: UInt64) {
    self.byteCount = byteCount
    low = byteCount &* Self.firstPrime
  }

  /// Adds a part and the one as far from the other end: the third ones, then the second, then the first and last.
  @inline(__always)
  mutating func add(_ front: Part, _ back: Part) {
    low = (low &+ front.product) ^ back.sum
    high = (high &+ back.product) ^ front.sum
  }

  /// The digest, once all three pairs were added.
  @inline(__always)
  var value: (low: UInt64, high: UInt64) {
    let mixed =
      low &* Self.firstPrime &+ high &* Self.fourthPrime &+ byteCount &* Self.secondPrime
    return (Self.avalanche(low &+ high), 0 &- Self.avalanche(mixed))
  }

  @inline(__always)
  private static func avalanche(_ number: UInt64) -> UInt64 {
    let mixed = (number ^ number &>> 37) &* 0x1656_6791_9e37_79f9
    return mixed ^ mixed &>> 32
  }
}
