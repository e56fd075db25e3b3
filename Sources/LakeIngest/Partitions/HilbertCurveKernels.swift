/// The Hilbert curve over a grid of 65,536 by 65,536 cells: cells near on the curve are near on the map.
///
/// Source: David Hilbert, "Über die stetige Abbildung einer Linie auf ein Flächenstück", 1891; the
/// formulation by turned and mirrored quadrants is the usual one. Four levels are taken at a time from a
/// table made once.
///
/// Unchecked: every index into the table is made of ten bits.
final class HilbertCurve {
  static let sideBitCount = 16

  private static let stepCount = 1024

  /// For each orientation (two bits) and four bits of x and of y: the next orientation in bits 8 and 9, where an
  /// index has it, the eight bits of the position below.
  private let steps: UnsafeMutablePointer<UInt16>

  init() {
    steps = .allocate(capacity: Self.stepCount)
    for index in 0..<Self.stepCount {
      (steps + index).initialize(
        to: Self.walk(orientation: index >> 8, x: index >> 4 & 15, y: index & 15))
    }
  }

  deinit {
    steps.deallocate()
  }

  /// The place of a cell on the curve.
  @inline(__always)
  func position(x: UInt32, y: UInt32) -> UInt32 {
    let first = step(after: 0, x >> 12, y >> 12)
    let second = step(after: first, x >> 8, y >> 8)
    let third = step(after: second, x >> 4, y >> 4)
    let fourth = step(after: third, x, y)
    return (first & 0xff) << 24 | (second & 0xff) << 16 | (third & 0xff) << 8 | fourth & 0xff
  }

  /// Walks the lowest four bits of x and of y, as the step before left the curve.
  @inline(__always)
  private func step(after step: UInt32, _ x: UInt32, _ y: UInt32) -> UInt32 {
    let index = step & 0x300 | (x & 15) << 4 | y & 15
    return UInt32(steps[Int(truncatingIfNeeded: index)])
  }

  /// Four levels of the curve. Bit 0 of an orientation says that x and y are exchanged, bit 1 that both are
  /// mirrored.
  private static func walk(orientation: Int, x: Int, y: Int) -> UInt16 {
    var isExchanged = orientation & 1 == 1
    var isMirrored = orientation & 2 == 2
    var position = 0
    for level in stride(from: 3, through: 0, by: -1) {
      var xBit = x >> level & 1
      var yBit = y >> level & 1
      if isMirrored {
        xBit ^= 1
        yBit ^= 1
      }
      if isExchanged { swap(&xBit, &yBit) }
      position = position << 2 | (3 * xBit) ^ yBit
      if yBit == 0 {
        if xBit == 1 { isMirrored.toggle() }
        isExchanged.toggle()
      }
    }
    return UInt16((isExchanged ? 1 : 0) | (isMirrored ? 2 : 0)) << 8 | UInt16(position)
  }
}
