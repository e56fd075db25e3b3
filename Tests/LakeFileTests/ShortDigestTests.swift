import LakeBytes
import LakeTestSupport
import Testing

@testable import LakeFile

@Suite("The digest of a short record")
struct ShortDigestTests {
  @Test("is that of its bytes", arguments: 65...96)
  func equalsThatOfBytes(byteCount: Int) {
    var random = SeededRandom(seed: UInt64(byteCount))
    let record = (0..<byteCount).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    func part(_ place: ShortDigest.Place, at offset: Int) -> ShortDigest.Part {
      ShortDigest.Part(
        place, low: Self.word(record, at: offset), high: Self.word(record, at: offset + 8))
    }
    var digest = ShortDigest(byteCount: UInt64(byteCount))
    digest.add(part(.third, at: 32), part(.thirdLast, at: byteCount - 48))
    digest.add(part(.second, at: 16), part(.secondLast, at: byteCount - 32))
    digest.add(part(.first, at: 0), part(.last, at: byteCount - 16))
    let (low, high) = digest.value
    #expect(Digest128(high: high, low: low) == Checksum.xxh3_128(record))
  }

  private static func word(_ bytes: [UInt8], at offset: Int) -> UInt64 {
    bytes[offset..<offset + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
