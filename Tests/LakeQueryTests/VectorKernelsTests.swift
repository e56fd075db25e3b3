import LakeColumns
import LakeTestSupport
import Testing

@testable import LakeQuery

/// Loops made for vector instructions give what their plain formulas give.
@Suite("Vector kernels")
struct VectorKernelsTests {
  private static let cellSizes: [Double] = [
    0.01, 0.1, 0.003, 1.0 / 3, 7, 0.0001, .leastNonzeroMagnitude, 0x1p-3,
  ]

  /// Doubles around borders of cells, and what is no number of a cell.
  private static func coordinates(
    _ random: inout SeededRandom, cell: Double, cells: Range<Int>, count: Int
  ) -> [Double] {
    let odd: [Double] = [0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude]
    return (0..<count).map { _ in
      var value = Double(random.integer(in: cells)) * cell
      switch random.integer(in: 0..<6) {
      case 0: return odd[random.integer(in: 0..<odd.count)]
      case 1: value += random.fraction() * cell
      case 2: value = (value * 1e5).rounded() / 1e5
      default:
        for _ in 0..<random.integer(in: 0..<4) { value = value.nextUp }
        for _ in 0..<random.integer(in: 0..<4) { value = value.nextDown }
      }
      return value
    }
  }

  private static func axis(cell: Double, cells: Range<Int>) throws -> CellKernels.Axis {
    let fields = [
      GroupLayout.Field(part: .cellX(.originCell), values: cells, mayBeAbsent: false),
      GroupLayout.Field(part: .key(.hour), values: 0..<24, mayBeAbsent: false),
    ]
    let layout = try GroupLayout(fields)
    return CellKernels.Axis(GridAxis(cellSize: cell), layout.fields[0])
  }

  @Test(arguments: cellSizes, [-60..<60, 0..<1, 11_000..<11_900, -(1 << 45)..<(1 << 45)])
  func cellsAreThoseOfTheDivision(cell: Double, cells: Range<Int>) throws {
    var random = SeededRandom(seed: 77)
    let axis = try Self.axis(cell: cell, cells: cells)
    #expect(axis.isExact)
    for count in [0, 1, 63, 64, 65, 5000] {
      let values = Self.coordinates(&random, cell: cell, cells: cells, count: count)
        .filter { axis.term($0) != nil }
      var keys = [UInt64](repeating: 3, count: values.count)
      #expect(CellKernels.addCells(of: Self.buffer(values), axis, to: &keys))
      #expect(keys == values.map { 3 + (axis.term($0) ?? 0) }, "seed 77, \(count) values")
    }
  }

  @Test func coordinatesOutsideTheAxisAreReported() throws {
    let axis = try Self.axis(cell: 0.01, cells: -5..<9)
    for outside in [(-0.05).nextDown, -0.0500001, 0.09, 1, -1, 1e300, -1e300, .infinity, .nan] {
      for place in [0, 70, 99] {
        var values = [Double](repeating: 0.005, count: 100)
        values[place] = outside
        var keys = [UInt64](repeating: 0, count: 100)
        #expect(!CellKernels.addCells(of: Self.buffer(values), axis, to: &keys), "\(outside)")
      }
    }
  }

  @Test(arguments: [0, 1, 3, 4, 5, 7, 8, 1001])
  func bucketsHoldEveryKeyOnce(count: Int) {
    var random = SeededRandom(seed: 78)
    let keys = (0..<count).map { _ in UInt64(random.integer(in: 0..<3 << 16)) }
    let buckets = BucketKernels.makeBuckets(keys, bucketCount: 3)
    var found: [UInt64] = []
    for (bucket, end) in buckets.ends.enumerated() {
      let rest = buckets.lows[found.count..<Int(end)]
      found += rest.map { UInt64(bucket) << 16 | UInt64($0) }
    }
    #expect(found.sorted() == keys.sorted(), "seed 78")
  }

  private static func buffer(_ values: [Double]) -> ColumnBuffer<UInt64> {
    var buffer = ColumnBuffer<UInt64>()
    for value in values { buffer.append(value.bitPattern) }
    return buffer
  }
}
