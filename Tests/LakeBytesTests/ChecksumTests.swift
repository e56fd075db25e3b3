import LakeBytes
import LakeTestSupport
import Testing

@Suite("XXH3 of long inputs")
struct ChecksumTests {
  /// The library has a loop of its own for each of the three ways to ask.
  @Test("is the same whatever way it is made")
  func isTheSameWhateverWay() {
    var random = SeededRandom(seed: 21)
    let bytes = (0..<5000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    for length in Array(0...1200) + [2047, 2048, 2049, 3072, 3073, 4096, 4999, 5000] {
      let part = Array(bytes[..<length])
      var digest = StreamingDigest()
      part.withUnsafeBytes { digest.update($0) }
      #expect(Checksum.xxh3_128(part) == digest.value(), "\(length) bytes")
      // Beyond 240 bytes the low half of one is the other.
      if length > 240 {
        #expect(Checksum.xxh3_64(part) == digest.value().low, "\(length) bytes")
      }
    }
  }
}
