@testable import LakeColumns
import LakeTestSupport
import Testing

/// The worked examples of `formats/encodings/`, byte for byte and both ways.
@Suite("The examples of the specification")
struct SpecificationExampleTests {
  @Test("of bit-packing")
  func bitPacking() {
    var bytes = ColumnBuffer<UInt8>()
    BitPacking.pack([5, 2, 7, 0, 3].span, width: 3, into: &bytes)
    #expect(bytes.array == [0xd5, 0x31])
  }

  @Test("of frames")
  func frames() throws {
    var packer = NumberPacker()
    for index in 0..<64 { packer.numbers.append(UInt64(8 + index % 2)) }
    packer.numbers.append(0)
    packer.numbers.append(3)
    let numbers = packer.numbers.array
    let packing = packer.packing(width: 4)
    #expect(packing == NumberPacking(width: 4, isFramed: true))
    #expect(packing.code == 0x84)
    var bytes = ColumnBuffer<UInt8>()
    packer.pack(packing, into: &bytes)
    #expect(bytes.array == [1, 2, 8] + [UInt8](repeating: 0xaa, count: 8) + [0x0c])
    var cursor = PageCursor(bytes.span, from: 0)
    var values = ColumnBuffer<UInt64>()
    try cursor.unpack(count: 66, packing, into: &values)
    try cursor.expectEnd()
    #expect(values.array == numbers)
  }

  @Test("of the frame of reference")
  func frameOfReference() throws {
    let values = [1_527_465_600, 1_527_465_610, 1_527_465_605].map { UInt64($0) * 1_000_000 }
    let page = FrameOfReference(
      values.span, range: IntegerKernels.range(values.span), seeksDivisor: true)
    var bytes = ColumnBuffer<UInt8>([2, 0])
    var packer = NumberPacker()
    page.encode(values.span, into: &bytes, &packer)
    let expected: [UInt8] = [
      0x00, 0xa0, 0x7e, 0xcc, 0x38, 0x6d, 0x05, 0x00, 0x40, 0x4b, 0x4c, 0, 0, 0, 0, 0, 2, 0x18,
    ]
    #expect(bytes.array == [2, 0] + expected)
    #expect(try DecoderTests.decode(bytes.array, rowCount: 3) == values)
  }

  @Test("of the ordered float")
  func orderedFloat() throws {
    let values = [0.25, -0.5, 0.375].map(\.bitPattern)
    let page = OrderedFloat(values.span, range: FloatKernels.range(values.span))
    var bytes = ColumnBuffer<UInt8>([3, 0])
    var packer = NumberPacker()
    page.encode(values.span, into: &bytes, &packer)
    let expected: [UInt8] = [
      0x03, 0x33, 0x02, 0, 0, 0, 0, 0, 0, 0xd0, 0x3f, 0, 0, 0, 0, 0, 0, 0xe0, 0x3f, 0x24,
    ]
    #expect(bytes.array == [3, 0] + expected)
    #expect(try DecoderTests.decode(bytes.array, rowCount: 3) == values)
  }

  @Test("of the decimal float")
  func decimalFloat() throws {
    let values = [14.5, 14.25, -0.0, 14.75].map(\.bitPattern)
    var search = DecimalSearch()
    let found = search.plan(values.span, atMost: 64)
    let page = try #require(found)
    var bytes = ColumnBuffer<UInt8>([6, 0])
    var packer = NumberPacker()
    var places = ColumnBuffer<UInt64>()
    page.encode(values.span, search, into: &bytes, &packer, places: &places)
    let expected: [UInt8] = [
      2, 6, 0x91, 0x05, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0x19, 0, 0xc8, 2, 0, 0, 0, 0, 0, 0, 0, 0x80,
    ]
    #expect(bytes.array == [6, 0] + expected)
    #expect(try DecoderTests.decode(bytes.array, rowCount: 4) == values)
  }

  @Test("of the dictionary")
  func dictionary() throws {
    let values: [UInt64] = [7, 3, 3, 900]
    var table = DistinctWords()
    let isComplete = table.collect(values.span)
    #expect(isComplete)
    let page = DictionaryPage(table)
    var bytes = ColumnBuffer<UInt8>([4, 0])
    var scratch = ColumnBuffer<UInt64>()
    page.encode(&table, into: &bytes, offsets: &scratch)
    let expected: [UInt8] = [3, 0, 3, 0, 0, 0, 0, 0, 0, 0, 10, 0x00, 0x10, 0x10, 0x38, 0x81]
    #expect(bytes.array == [4, 0] + expected)
    #expect(try DecoderTests.decode(bytes.array, rowCount: 4) == values)
  }
}
