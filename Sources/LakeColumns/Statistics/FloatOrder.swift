/// The order of doubles in zone maps: the IEEE 754 total order of their bit patterns, as signed numbers.
///
/// -0.0 comes right before +0.0. Keys outside `-infinityKey - 1 … infinityKey` are those of NaNs.
package enum FloatOrder {
  /// The magnitude's bits: all but the sign.
  @inlinable package static var magnitudeMask: UInt64 { 0x7fff_ffff_ffff_ffff }
  @inlinable package static var signBit: UInt64 { 0x8000_0000_0000_0000 }
  @inlinable package static var infinityKey: Int64 { 0x7ff0_0000_0000_0000 }

  /// The key of a double's bit pattern. The mapping is its own inverse.
  @inlinable
  package static func key(_ word: UInt64) -> Int64 {
    let signed = Int64(bitPattern: word)
    return signed ^ Int64(bitPattern: UInt64(bitPattern: signed &>> 63) & magnitudeMask)
  }

  /// The bit pattern whose key is `key`.
  @inlinable
  package static func word(ofKey key: Int64) -> UInt64 {
    UInt64(bitPattern: FloatOrder.key(UInt64(bitPattern: key)))
  }

  @inlinable
  package static func isNaN(_ word: UInt64) -> Bool {
    word & magnitudeMask > UInt64(bitPattern: infinityKey)
  }
}
