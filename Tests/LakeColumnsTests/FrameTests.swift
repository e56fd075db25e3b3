import LakeTestSupport
import Testing

@testable import LakeColumns

@Suite("Numbers in frames")
struct FrameTests {
  /// Words that wander: those side by side are near each other.
  static func wandering(count: Int, width: Int, random: inout SeededRandom) -> [UInt64] {
    let spread = UInt64(1) << UInt64(width)
    return (0..<count).map { row in
      UInt64(row / 50) * spread + random.next() % spread
    }
  }

  private func isFramed(_ page: [UInt8], at place: Int) -> Bool {
    page[place] & NumberPacking.framedFlag != 0
  }

  @Test("give back numbers of every width and length", arguments: 0...50)
  func roundTrip(width: Int) {
    var random = SeededRandom(seed: UInt64(width) + 900)
    let roundTrip = PageRoundTrip()
    for count in [65, 127, 128, 129, 192, 200, 1000, 4096] {
      var values = Self.wandering(count: count, width: width, random: &random)
      _ = roundTrip(values, .integer, "width \(width), \(count) values")
      let floats = values.map { Double($0 & 0xffff_ffff_ffff).bitPattern | $0 << 63 }
      _ = roundTrip(floats, .float, "width \(width), \(count) values")
      values[count / 2] = .max
      _ = roundTrip(values, .code, "width \(width), \(count) values")
    }
  }

  @Test("are taken where rows are near each other, and only there")
  func choice() {
    var random = SeededRandom(seed: 41)
    let roundTrip = PageRoundTrip()
    let near = Self.wandering(count: 4096, width: 10, random: &random)
    #expect(isFramed(roundTrip(near, .integer).bytes, at: 18))
    let anywhere = near.map { _ in random.next() % (1 << 20) }
    #expect(!isFramed(roundTrip(anywhere, .integer).bytes, at: 18))
    let places = near.map { (14 + Double($0) / 1e7).bitPattern }
    let page = roundTrip(places, .float).bytes
    #expect(page[0] == PageEncoding.decimalFloat.rawValue)
    #expect(isFramed(page, at: 3))
    // Runs cost a byte and a word of each frame.
    let runs = (0..<4096).map { UInt64($0 / 512) * 100_000 }
    #expect(roundTrip(runs, .integer).bytes.count < 64 * 2 + 64 * 3)
  }

  @Test("end with values or an error whatever bit is forged")
  func forged() {
    var random = SeededRandom(seed: 42)
    var page = PageRoundTrip()(
      Self.wandering(count: 300, width: 4, random: &random), .integer
    ).bytes
    #expect(isFramed(page, at: 18))
    for index in page.indices {
      for bit in 0..<8 {
        page[index] ^= 1 << UInt8(bit)
        if let words = try? DecoderTests.decode(page, rowCount: 300) { #expect(words.count == 300) }
        page[index] ^= 1 << UInt8(bit)
      }
    }
  }

  @Test("[BP-4] [BP-5] of wrong widths, lengths and padding are refused")
  func refused() {
    let header: [UInt8] = [2, 0] + DecoderTests.zeros + DecoderTests.one
    let frames: [UInt8] = [1, 2, 8] + [UInt8](repeating: 0xaa, count: 8)
    #expect(
      (try? DecoderTests.decode(header + [0x84] + frames + [0x0c], rowCount: 66))?.count == 66)
    DecoderTests.expect(.outOfRange, header + [0x84] + frames + [0x1c], rowCount: 66)
    DecoderTests.expect(.wrongLength, header + [0x84] + frames, rowCount: 66)
    DecoderTests.expect(.wrongLength, header + [0x84] + frames + [0x0c, 0], rowCount: 66)
    DecoderTests.expect(.outOfRange, header + [0x81] + frames + [0x0c], rowCount: 66)
    DecoderTests.expect(.outOfRange, header + [0x80 | 65] + frames + [0x0c], rowCount: 66)
  }
}
