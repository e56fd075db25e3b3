import LakeBytes
import LakeTestSupport
import Testing

@testable import LakeIngest

@Suite struct CoordinateRoundingTests {
  @Test func halvesGoAwayFromZero() {
    let rounding = CoordinateRounding(decimals: 1)
    #expect(rounding.round(0.25) == 0.3)
    #expect(rounding.round(-0.25) == -0.3)
    #expect(rounding.round(0.24999) == 0.2)
    #expect(CoordinateRounding(decimals: 0).round(-179.5) == -180)
  }

  @Test func zeroHasNoSign() {
    for value in [-0.0, 0.0, -0.01, 0.01] {
      #expect(CoordinateRounding(decimals: 1).round(value).bitPattern == 0)
    }
  }

  @Test("the result is the double nearest to a decimal", arguments: CoordinateRounding.decimals)
  func nearest(decimals: Int) {
    let rounding = CoordinateRounding(decimals: decimals)
    var random = SeededRandom(seed: UInt64(decimals))
    for _ in 0..<2000 {
      let degrees = 360 * random.fraction() - 180
      let rounded = rounding.round(degrees)
      #expect(rounding.round(rounded).bitPattern == rounded.bitPattern, "\(degrees)")
      let unit = Double("1e-\(decimals)") ?? .nan
      #expect((rounded - degrees).magnitude <= unit * 0.501 + 1e-13, "\(degrees)")
      let text = "\(rounded)"
      let fraction = text.split(separator: ".", omittingEmptySubsequences: false).last ?? ""
      #expect(fraction.utf8.count <= max(1, decimals) || text.contains("e"), "\(degrees) \(text)")
    }
  }
}
