/// The edges of a polygon's rings, found by the height at which they lie.
///
/// The heights from the lowest corner to the highest are cut into bands, and each band lists the edges that
/// reach into it. A height's band is a monotone function of it, so an edge stands in the band of each height
/// that it has.
struct PolygonEdges: Hashable, Sendable {
  struct Edge: Hashable, Sendable {
    let low: Polygon.Point
    let high: Polygon.Point

    init(_ start: Polygon.Point, _ end: Polygon.Point) {
      (low, high) = start.y <= end.y ? (start, end) : (end, start)
    }
  }

  private static let edgesPerBand = 4
  private static let bandLimit = 4096

  let all: [Edge]
  private let minY: Double
  private let bandsPerDegree: Double
  /// The edges of each band, end to end, and where each band's begin.
  private let banded: [Edge]
  private let starts: [Int]

  /// - Precondition: Each ring has a point.
  init(rings: [[Polygon.Point]]) {
    let edges = rings.flatMap { ring in
      ring.indices.map { Edge(ring[$0 == 0 ? ring.count - 1 : $0 - 1], ring[$0]) }
    }
    all = edges
    let minY = edges.map(\.low.y).min() ?? 0
    let height = (edges.map(\.high.y).max() ?? 0) - minY
    let bandCount = min(max(1, edges.count / Self.edgesPerBand), Self.bandLimit)
    let bandsPerDegree = height > 0 ? Double(bandCount) / height : 0
    self.minY = minY
    self.bandsPerDegree = bandsPerDegree.isFinite ? bandsPerDegree : 0
    var bands = [[Edge]](repeating: [], count: bandCount)
    for edge in edges {
      let first = Self.band(edge.low.y - minY, self.bandsPerDegree, bandCount)
      let last = Self.band(edge.high.y - minY, self.bandsPerDegree, bandCount)
      for band in first...last { bands[band].append(edge) }
    }
    banded = Array(bands.joined())
    starts = bands.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
  }

  private static func band(_ height: Double, _ bandsPerDegree: Double, _ count: Int) -> Int {
    min(Int(height * bandsPerDegree), count - 1)
  }

  /// Whether the point lies inside of the rings or on one, decided exactly.
  ///
  /// - Precondition: Its height lies between the lowest and the highest corner.
  func contain(_ point: Polygon.Point) -> Bool {
    let band = Self.band(point.y - minY, bandsPerDegree, starts.count - 1)
    var isInside = false
    for index in starts[band]..<starts[band + 1] {
      switch Self.crossing(of: point, with: banded[index]) {
      case .onEdge: return true
      case .crossed: isInside.toggle()
      case .none: break
      }
    }
    return isInside
  }

  private enum Crossing {
    case none
    case crossed
    case onEdge
  }

  /// How an edge lies to the ray that goes from `point` to the east. Of an edge's ends the lower one counts as on
  /// the ray's north side, so that a ray through a corner crosses once.
  private static func crossing(of point: Polygon.Point, with edge: Edge) -> Crossing {
    let (low, high) = (edge.low, edge.high)
    guard point.y >= low.y, point.y <= high.y else { return .none }
    if low.y == high.y {
      return point.x >= min(low.x, high.x) && point.x <= max(low.x, high.x) ? .onEdge : .none
    }
    let side = Orientation.sign(low, high, point)
    if side == 0 { return .onEdge }
    return side > 0 && point.y < high.y ? .crossed : .none
  }
}
