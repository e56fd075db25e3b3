/// The Hilbert curve over a grid of 65,536 by 65,536 cells: cells near on the curve are near on the map.
///
/// A level of the curve turns and mirrors the levels below it. What two levels do together is found from what each
/// does, then that of four, eight and sixteen, so there is no walk from level to level, and no branch and no table: the
/// compiler makes one loop over cells one over eight at once.
///
/// Sources: David Hilbert, "Über die stetige Abbildung einer Linie auf ein Flächenstück", 1891; the parallel form is
/// that of Rawrunprotected, "2D Hilbert curves in O(1)", 2016.
enum HilbertCurve {
  /// The place of a cell on the curve.
  ///
  /// - Precondition: `x` and `y` are below 65,536.
  @inline(__always)
  static func position(x: UInt32, y: UInt32) -> UInt32 {
    let differing = x ^ y
    var levels = CurveLevels(x: x, y: y)
    levels.compose(distance: 2)
    levels.compose(distance: 4)
    levels.compose(distance: 8)
    let turned = levels.turned ^ levels.turned &>> 1
    let mirrored = levels.mirrored ^ levels.mirrored &>> 1
    let high = mirrored | ~(differing | turned) & CurveLevels.all
    return spread(high) &<< 1 | spread(differing)
  }

  /// Puts a zero bit above each of the lower sixteen.
  @inline(__always)
  private static func spread(_ number: UInt32) -> UInt32 {
    var spread = (number | number &<< 8) & 0x00ff_00ff
    spread = (spread | spread &<< 4) & 0x0f0f_0f0f
    spread = (spread | spread &<< 2) & 0x3333_3333
    return (spread | spread &<< 1) & 0x5555_5555
  }
}

/// For each level, a bit: what the levels from it up to `2 * distance` above do, after `compose`.
private struct CurveLevels {
  static let all: UInt32 = 0xffff

  /// How the state above goes over to that below: two bits of a matrix over single bits.
  private var kept: UInt32
  private var crossed: UInt32
  /// What is added to the state.
  private(set) var turned: UInt32
  private(set) var mirrored: UInt32

  /// Each level together with the one above.
  @inline(__always)
  init(x: UInt32, y: UInt32) {
    let differing = x ^ y
    let alike = differing ^ Self.all
    let neither = ~(x | y) & Self.all
    let firstAlone = x & ~y
    kept = differing | alike &>> 1
    crossed = differing &>> 1 ^ differing
    turned = neither &>> 1 ^ alike & (firstAlone &>> 1) ^ neither
    mirrored = differing & (neither &>> 1) ^ firstAlone &>> 1 ^ firstAlone
  }

  /// Takes in as many levels again.
  @inline(__always)
  mutating func compose(distance: UInt32) {
    let (a, b) = (kept, crossed)
    let both = a ^ b
    let aboveTurned = turned &>> distance
    let aboveMirrored = mirrored &>> distance
    kept = a & (a &>> distance) ^ b & (b &>> distance)
    crossed = a & (b &>> distance) ^ b & (both &>> distance)
    turned ^= a & aboveTurned ^ b & aboveMirrored
    mirrored ^= b & aboveTurned ^ both & aboveMirrored
  }
}
