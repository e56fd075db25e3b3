import LakeBytes
import LakeTestSupport
import Testing

@testable import LakeCommands

@Suite struct MapDecimalTests {
  /// What the kernel writes; the reference is the standard library's shortest decimal.
  private func written(_ number: Double) -> String {
    var bytes: [UInt8] = []
    bytes.append(addingCapacity: TextPointer.pointByteLimit) { output in
      output.withUnsafeMutableBufferPointer { buffer, count in
        guard let start = buffer.baseAddress else { return }
        var text = TextPointer(start)
        text.putShortest(number)
        count = text.position - start
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: [
    (0.0, "0"), (-0.0, "-0"), (7.5, "7.5"), (-180, "-180"), (180, "180"), (100, "100"),
    (1000, "1000"), (0.1, "0.1"), (0.015625, "0.015625"),
    (1023.9999999999999, "1023.9999999999999"),
    (14.4973794438195, "14.4973794438195"), (50.00136875782316, "50.00136875782316"),
    (9.999999999999998, "9.999999999999998"), (0.3, "0.3"), (.leastNonzeroMagnitude, "5e-324"),
    (1e22, "1e+22"),
    (0.00001, "1e-05"), (99.99999999999999, "99.99999999999999"),
  ])
  func known(number: Double, text: String) {
    #expect(written(number) == text)
  }

  @Test func randomNumbersOfAMap() {
    var random = SeededRandom(seed: 11)
    for _ in 0..<200_000 {
      let number = (random.fraction() - 0.5) * 360
      check(number)
      // Few decimals, as most feeds have.
      check((number * 1e6).rounded() / 1e6)
    }
  }

  @Test func neighboursOfEveryPowerOfTwoAndTen() {
    var edges: [Double] = []
    for exponent in -8...12 {
      edges.append(Double(sign: .plus, exponent: exponent, significand: 1))
    }
    for power in [0.01, 0.1, 1, 10, 100, 1000] { edges.append(power) }
    for edge in edges {
      var below = edge
      var above = edge
      for _ in 0..<300 {
        check(below)
        check(above)
        below = below.nextDown
        above = above.nextUp
      }
    }
  }

  /// Numbers with few bits have short exact decimals; where one digit too many ends in 5, two shortest
  /// decimals are equally near.
  @Test func fractionsOfPowersOfTwo() {
    var random = SeededRandom(seed: 13)
    for exponent in 1...24 {
      let denominator = Double(1 << exponent)
      for _ in 0..<2000 {
        check(Double(random.integer(in: 1..<1024 << exponent)) / denominator)
        check(Double(random.integer(in: 1 << exponent..<2 << exponent)) / denominator)
      }
    }
    #expect(written(1 + 0x1p-17) == "1.0000076293945312")
  }

  @Test func randomBits() {
    var random = SeededRandom(seed: 12)
    for _ in 0..<100_000 {
      let mantissa = random.next() & (1 << 52 - 1)
      let exponent = UInt64(1023 - 7 + random.integer(in: 0..<19))
      check(Double(bitPattern: exponent << 52 | mantissa))
    }
  }

  private func check(_ number: Double) {
    let text = written(number)
    if text != number.shortestDecimal {
      #expect(text == number.shortestDecimal, "bits \(number.bitPattern)")
    }
  }
}
