import LakeFile
import LakeStore
import LakeTestSupport
import Testing
import TripModel

@testable import LakeIngest

/// Rows lie in tiles: slices of about as many rows each, through which the order goes to and fro.
@Suite struct OriginTilesTests {
  private static let seed = UInt64.random(in: 0...UInt64.max)

  /// A slice is off by no more than the band that its edge runs through, at either side.
  @Test func slicesHaveAboutAsManyRowsEach() {
    var random = SeededRandom(seed: Self.seed)
    for bandCount in [16, 1024, 16_384] {
      var bands = (0..<bandCount).map { _ in
        UInt32(random.integer(in: 0..<3) * random.integer(in: 0..<50))
      }
      bands[random.integer(in: 0..<bandCount)] += 3000
      let rowCounts = bands.map(Int.init)
      let rowCount = rowCounts.reduce(0, +)
      let slices = TileSlices(rowCount: rowCount, blockRowCount: 64)
      bands.withUnsafeMutableBufferPointer { buffer in
        if let start = buffer.baseAddress { slices.divide(start, bandCount: bandCount) }
      }
      #expect(bands == bands.sorted(), "seed \(Self.seed)")
      #expect(bands.allSatisfy { $0 < slices.count }, "seed \(Self.seed)")
      let largestBand = rowCounts.max() ?? 0
      for slice in 0..<slices.count {
        let found = zip(bands, rowCounts).filter { $0.0 == slice }.map(\.1).reduce(0, +)
        #expect(
          abs(found - rowCount / slices.count) <= largestBand + 1,
          "\(found) rows in slice \(slice) of \(slices.count), seed \(Self.seed)")
      }
    }
  }

  @Test(arguments: [1, 2, 7, 220, 16_384])
  func placesGoUpInOneSliceAndDownInTheNext(_ sliceCount: Int) {
    let slices = TileSlices(rowCount: sliceCount * sliceCount, blockRowCount: 1)
    #expect(slices.count == sliceCount)
    var random = SeededRandom(seed: Self.seed)
    var last: UInt32 = 0
    for slice in UInt32(max(0, sliceCount - 300))..<UInt32(sliceCount) {
      var cells = [0, UInt32.max] + (0..<50).map { _ in UInt32(truncatingIfNeeded: random.next()) }
      cells.sort()
      if slice % 2 == 1 { cells.reverse() }
      for cell in cells {
        let place = slices.place(slice: slice, cell: cell)
        guard last <= place else {
          Issue.record("slice \(slice), cell \(cell), seed \(Self.seed)")
          return
        }
        last = place
      }
    }
  }

  /// Cells that differ in x are told apart also where there are thousands of slices.
  @Test func placesTellRowsOfCellsApart() {
    let slices = TileSlices(rowCount: 4096 * 4096, blockRowCount: 1)
    let places = (0..<4096 as Range<UInt32>).map { slices.place(slice: 5, cell: $0 << 20) }
    #expect(Set(places).count == 4096)
  }

  /// 20 blocks in slices of about four or five: a box of a hundredth of the area meets two of them on the average, not
  /// the three of a sort by one coordinate.
  @Test func aSmallBoxMeetsFewBlocks() throws {
    let harness = try LoadHarness()
    var random = SeededRandom(seed: 11)
    var text = LoadHarness.header
    for _ in 0..<40_960 {
      let (x, y) = (random.integer(in: 0..<1000), random.integer(in: 0..<1000))
      text += "Prague,POINT (\(14 + Double(x) / 1000) \(50 + Double(y) / 1000)),"
      text += "POINT (14.5 50.5),2018-05-28 09:03:40,funny_car\n"
    }
    _ = try harness.load([try harness.file("trips.csv", text)])
    let snapshot = try harness.lake.snapshot()
    let reader = try snapshot.openTripFile(0)
    #expect(snapshot.manifest.fileCount == 1 && reader.blockCount == 20)
    let (xs, ys) = (reader.zoneMaps(of: .originX), reader.zoneMaps(of: .originY))
    var met = 0
    for box in 0..<100 {
      let (west, south) = (14 + Double(box % 10) / 10, 50 + Double(box / 10) / 10)
      for block in 0..<reader.blockCount {
        let (x, y) = (xs[block], ys[block])
        let meets =
          x.minimumDouble <= west + 0.0995 && x.maximumDouble >= west
          && y.minimumDouble <= south + 0.0995 && y.maximumDouble >= south
        if meets { met += 1 }
      }
    }
    #expect(met < 230)
  }
}
