import LakeColumns
import LakeTestSupport
import Testing

@Suite("Bit-packing")
struct BitPackingTests {
  /// [BP-1] to [BP-3], one bit at a time: slow, and unlike the kernels.
  static func packedNaively(_ values: [UInt64], width: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: (values.count * width + 7) / 8)
    for (index, value) in values.enumerated() {
      for bit in 0..<width where value >> UInt64(bit) & 1 == 1 {
        let place = index * width + bit
        bytes[place / 8] |= 1 << UInt8(place % 8)
      }
    }
    return bytes
  }

  static func hasZeroPadding(_ bytes: [UInt8], width: Int, count: Int) -> Bool {
    BitPacking.hasZeroPadding(bytes.span, width: width, count: count)
  }

  @Test("lays out bits as specified and takes them back, for every width", arguments: 0...64)
  func everyWidth(width: Int) {
    var random = SeededRandom(seed: UInt64(width))
    let mask = width == 64 ? UInt64.max : 1 << UInt64(width) - 1
    for count in [0, 1, 2, 7, 8, 9, 15, 16, 17, 63, 64, 65, 127, 128, 129] {
      for pattern in 0..<3 {
        let values = (0..<count).map { _ in
          pattern == 0 ? random.next() & mask : pattern == 1 ? mask : 0
        }
        var packed = ColumnBuffer<UInt8>()
        packed.append(0xaa)
        BitPacking.pack(values.span, width: width, into: &packed)
        #expect(packed[0] == 0xaa)
        let bytes = packed.bytes(in: 1..<packed.count)
        #expect(bytes == Self.packedNaively(values, width: width))
        #expect(BitPacking.byteCount(count: count, width: width) == bytes.count)
        #expect(Self.hasZeroPadding(bytes, width: width, count: count))

        var unpacked = ColumnBuffer<UInt64>()
        unpacked.append(99)
        BitPacking.unpack(bytes.span, width: width, count: count, into: &unpacked)
        #expect(unpacked.array == values)
      }
    }
  }

  @Test("sees bits after the last value")
  func padding() {
    let bytes: [UInt8] = [0b0001_0111]
    #expect(Self.hasZeroPadding(bytes, width: 1, count: 5))
    #expect(!Self.hasZeroPadding(bytes, width: 1, count: 4))
    #expect(!Self.hasZeroPadding(bytes, width: 4, count: 1))
    #expect(Self.hasZeroPadding(bytes, width: 4, count: 2))
  }
}
