/// The Hilbert curve over a grid of 65,536 by 65,536 cells: cells near on the curve are near on the map.
///
/// Source: David Hilbert, "Über die stetige Abbildung einer Linie auf ein Flächenstück", 1891; the
/// formulation by turned and mirrored quadrants is the usual one. Four levels are taken at a time from a
/// table made once.
struct HilbertCurve: Sendable {
  static let sideBitCount = 16

  /// For each orientation (two bits) and four bits of x and of y: the next orientation in bits 8 and 9, the
  /// eight bits of the position below.
  private let steps: [UInt16]

  init() {
    steps = (0..<1024).map { index in
      Self.walk(orientation: index >> 8, x: index >> 4 & 15, y: index & 15)
    }
  }

  /// The place of a cell on the curve.
  func position(x: UInt32, y: UInt32) -> UInt32 {
    var orientation = 0
    var position: UInt32 = 0
    for shift in stride(from: 12, through: 0, by: -4) {
      let index =
        orientation << 8 | Int(x >> UInt32(shift) & 15) << 4 | Int(y >> UInt32(shift) & 15)
      let step = steps[index]
      position = position << 8 | UInt32(step & 0xff)
      orientation = Int(step >> 8)
    }
    return position
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
