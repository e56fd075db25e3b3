import Testing
import TripModel

@Suite struct BoundingBoxTests {
  @Test func edgesAreIncluded() throws {
    let box = try #require(BoundingBox(west: 7.5, south: 45, east: 8.5, north: 46))
    for (x, y) in [(7.5, 45.0), (8.5, 46.0), (7.5, 46.0), (8.5, 45.0), (8, 45.5)] {
      #expect(box.contains(x: x, y: y))
    }
    for (x, y) in [
      (7.5.nextDown, 45.0), (8.5.nextUp, 46.0), (8, 45.0.nextDown), (8, 46.0.nextUp),
      (.nan, 45.5), (8, .nan), (8, .infinity),
    ] {
      #expect(!box.contains(x: x, y: y))
    }
  }

  @Test func overTheAntimeridian() throws {
    let box = try #require(BoundingBox(west: 170, south: -20, east: -170, north: 0))
    #expect(box.crossesAntimeridian)
    for x in [170.0, 180, -180, -170, 175, -175] { #expect(box.contains(x: x, y: -10)) }
    for x in [169.9, -169.9, 0.0, .nan] { #expect(!box.contains(x: x, y: -10)) }
  }

  @Test(arguments: [
    (-180.1, 0.0, 0.0, 1.0), (0, -90.1, 1, 1), (0, 0, 180.1, 1), (0, 0, 1, 90.1), (0, 2, 1, 1),
    (.nan, 0, 1, 1), (0, .nan, 1, 1), (0, 0, .infinity, 1), (0, 0, 1, .nan),
  ])
  func refusedBoxes(west: Double, south: Double, east: Double, north: Double) {
    #expect(BoundingBox(west: west, south: south, east: east, north: north) == nil)
  }

  @Test func theWholeWorldHoldsThePolesAndZeroOfEitherSign() throws {
    let world = try #require(BoundingBox(west: -180, south: -90, east: 180, north: 90))
    #expect(world.contains(x: 180, y: -90))
    let point = try #require(BoundingBox(west: 0, south: 0, east: 0, north: 0))
    #expect(point.contains(x: -0.0, y: 0.0))
  }

  /// Extents and boxes on a small grid, so that all edges meet: the relation is what their points say.
  @Test func relationsAreProofsOnAGrid() throws {
    let grid = [-180.0, -90, 0, 90, 180]
    for west in grid {
      for east in grid {
        let box = try #require(BoundingBox(west: west, south: -45, east: east, north: 45))
        for minX in grid {
          for maxX in grid where maxX >= minX {
            for (minY, maxY) in [(-45.0, 45.0), (-60, -50), (40, 50), (50, 60), (-45, -45)] {
              let extent = CoordinateExtent(minX: minX, minY: minY, maxX: maxX, maxY: maxY)
              check(box, extent)
            }
          }
        }
      }
    }
  }

  private func check(_ box: BoundingBox, _ extent: CoordinateExtent) {
    let xs = stride(from: extent.minX, through: extent.maxX, by: 45)
    let ys = stride(from: extent.minY, through: extent.maxY, by: 5)
    let points = xs.flatMap { x in ys.map { y in box.contains(x: x, y: y) } }
    switch box.relation(to: extent) {
    case .disjoint: #expect(!points.contains(true), "\(box) \(extent)")
    case .covers: #expect(!points.contains(false), "\(box) \(extent)")
    case .overlaps: #expect(points.contains(true) && points.contains(false), "\(box) \(extent)")
    }
  }
}
