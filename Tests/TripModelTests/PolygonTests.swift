import LakeTestSupport
import Testing
import TripModel

/// `Polygon` against whole numbers, in which nothing is rounded.
@Suite struct PolygonTests {
  /// A ring of points on a grid.
  private typealias Ring = [(x: Int, y: Int)]

  private func makePolygon(_ rings: [Ring], shift: Double = 0) -> Polygon? {
    Polygon(
      rings: rings.map { ring in
        ring.map { Polygon.Point(x: Self.wrapped(Double($0.x) + shift), y: Double($0.y)) }
      })
  }

  private static func wrapped(_ x: Double) -> Double { x > 180 ? x - 360 : x < -180 ? x + 360 : x }

  /// Whether a point, given in halves of the grid, is on a ring or on the odd side of it. The ray goes to the
  /// north, not to the east as in the code.
  private func contains(_ rings: [Ring], _ x: Int, _ y: Int) -> Bool {
    var isInside = false
    for ring in rings {
      for index in ring.indices {
        let (a, b) = (ring[index], ring[(index + 1) % ring.count])
        let (ax, ay, bx, by) = (2 * a.x, 2 * a.y, 2 * b.x, 2 * b.y)
        let cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
        let isBetween =
          x >= min(ax, bx) && x <= max(ax, bx) && y >= min(ay, by) && y <= max(ay, by)
        if cross == 0 && isBetween { return true }
        // Above the point, and with one end on its left or under it and one on its right.
        if (ax > x) != (bx > x), (cross < 0) == (bx > ax) { isInside.toggle() }
      }
    }
    return isInside
  }

  private func compare(_ rings: [Ring], _ seed: UInt64, shift: Double = 0) {
    guard let polygon = makePolygon(rings, shift: shift) else {
      Issue.record("seed \(seed): no polygon")
      return
    }
    for x in -18...18 {
      for y in -18...18 {
        let place = (Self.wrapped(Double(x) / 2 + shift), Double(y) / 2)
        let isInside = polygon.contains(x: place.0, y: place.1)
        guard isInside != contains(rings, x, y) else { continue }
        Issue.record("seed \(seed), shift \(shift): \(rings) at \(place): \(isInside)")
        return
      }
    }
  }

  private func ring(_ random: inout SeededRandom) -> Ring {
    (0..<random.integer(in: 3..<9)).map { _ in
      (x: random.integer(in: -8..<9), y: random.integer(in: -8..<9))
    }
  }

  @Test(arguments: [0, 180, -179, 176.5] as [Double])
  func randomRingsOnAGrid(_ shift: Double) {
    for seed in UInt64(0)..<150 {
      var random = SeededRandom(seed: seed)
      var rings: [Ring] = []
      for _ in 0..<random.integer(in: 1..<4) { rings.append(ring(&random)) }
      // The last point may repeat the first one.
      if let first = rings[0].first, seed % 2 == 0 { rings[0].append(first) }
      compare(rings, seed, shift: shift)
    }
  }

  @Test func holesAreOutsideAndTheirBordersInside() throws {
    let square: Ring = [(-4, -4), (4, -4), (4, 4), (-4, 4)]
    let hole: Ring = [(-2, -2), (-2, 2), (2, 2), (2, -2)]
    let polygon = try #require(makePolygon([square, hole]))
    #expect(!polygon.contains(x: 0, y: 0))
    #expect(polygon.contains(x: 2, y: 0) && polygon.contains(x: 3, y: 0))
    #expect(polygon.contains(x: 4, y: 4) && !polygon.contains(x: 4.0.nextUp, y: 4))
    compare([square, hole], 0)
  }

  /// The points next to an edge whose slope has no short binary fraction.
  @Test func nothingIsRounded() throws {
    let triangle = try #require(
      Polygon(rings: [[.init(x: 0, y: 0), .init(x: 3, y: 3), .init(x: 0, y: 3)]]))
    for number in [0.1, 0.3, 1.0 / 3, 2.9999999999999996, 1e-300] {
      #expect(triangle.contains(x: number, y: number))
      #expect(!triangle.contains(x: number.nextUp, y: number))
      #expect(triangle.contains(x: number.nextDown, y: number))
    }
  }

  @Test func overTheAntimeridian() throws {
    let fiji = try #require(
      Polygon(rings: [
        [
          .init(x: 177, y: -20), .init(x: -178, y: -20), .init(x: -178, y: -15),
          .init(x: 177, y: -15),
        ]
      ]))
    for x in [177.0, 180, -180, -178] { #expect(fiji.contains(x: x, y: -17), "\(x)") }
    for x in [176.9, -177.9, 0] { #expect(!fiji.contains(x: x, y: -17), "\(x)") }
  }

  @Test func whatIsNoPolygon() {
    let point = Polygon.Point(x: 0, y: 0)
    #expect(Polygon(rings: []) == nil)
    #expect(Polygon(rings: [[point, .init(x: 1, y: 1), point]]) == nil)
    #expect(Polygon(rings: [[point, .init(x: 1, y: .nan), .init(x: 2, y: 2)]]) == nil)
    #expect(Polygon(rings: [[point, .init(x: 181, y: 1), .init(x: 2, y: 2)]]) == nil)
    #expect(Polygon(rings: [[point, .init(x: 1, y: 91), .init(x: 2, y: 2)]]) == nil)
  }

  /// What is proven of an extent holds for the points of a fine grid in it, its corners included.
  @Test(arguments: [0, 180, -179, 176.5] as [Double])
  func extentsAreProvenInsideOrOutside(_ shift: Double) throws {
    var counts: [BoxRelation: Int] = [:]
    for seed in UInt64(0)..<400 {
      var random = SeededRandom(seed: seed)
      let polygon = try #require(
        makePolygon((0..<random.integer(in: 1..<3)).map { _ in ring(&random) }, shift: shift))
      let x = Self.wrapped(Double(random.integer(in: -9..<9)) + shift)
      let y = Double(random.integer(in: -9..<9))
      let width = min(Double(random.integer(in: 0..<5)) / 4, 180 - x)
      let extent = CoordinateExtent(minX: x, minY: y, maxX: x + width, maxY: y + width)
      let relation = polygon.relation(to: extent)
      counts[relation, default: 0] += 1
      for step in 0...32 {
        for other in 0...32 {
          let point = (x + width * Double(step) / 32, y + width * Double(other) / 32)
          let isInside = polygon.contains(x: point.0, y: point.1)
          if relation != .overlaps { #expect(isInside == (relation == .covers), "seed \(seed)") }
          if isInside { #expect(polygon.box.contains(x: point.0, y: point.1), "seed \(seed)") }
        }
      }
    }
    #expect(counts[.disjoint, default: 0] > 50 && counts[.covers, default: 0] > 20)
  }

  /// The bands of many edges find the same as a loop over all of them.
  @Test func manyEdges() throws {
    var random = SeededRandom(seed: 5)
    let rings: [Ring] = [
      (0..<300).map { _ in (x: random.integer(in: -8..<9), y: random.integer(in: -8..<9)) }
    ]
    compare(rings, 5)
  }
}
