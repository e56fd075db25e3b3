internal import LakeFile
internal import TripModel

/// Finds the routes of the rows of one region's blocks. One per thread; its memory is used again for every block.
struct RouteAssigner: Sendable {
  private let scaleX: Double
  private let scaleY: Double
  private let middles: RoutePoints
  private var points = RoutePoints()
  private var distances: [Double] = []
  /// Of each row of the block at hand; 0 is none.
  private(set) var numbers: [UInt64] = []

  init(_ model: RouteModel) {
    scaleX = model.metresPerDegreeX
    scaleY = model.metresPerDegreeY
    var middles = RoutePoints()
    for route in model.routes {
      middles.append(
        SIMD4(
          route.originX * scaleX, route.originY * scaleY, route.destinationX * scaleX,
          route.destinationY * scaleY))
    }
    self.middles = middles
  }

  /// How many numbers there are, that of none included.
  var numberCount: Int { middles.count + 1 }

  /// Finds the number of each row of the block at hand.
  mutating func assign(_ pages: BlockPages) throws(TripFileError) {
    let rowCount = pages.rowCount
    if numbers.count != rowCount {
      numbers = [UInt64](repeating: 0, count: rowCount)
      distances = [Double](repeating: 0, count: rowCount)
    }
    guard pages.hasColumn(.destinationX), pages.hasColumn(.destinationY) else {
      for row in numbers.indices { numbers[row] = 0 }
      return
    }
    try pages.load([.originX, .originY, .destinationX, .destinationY])
    RouteKernels.scale(try pages.page(.originX).words, by: scaleX, into: &points.originX)
    RouteKernels.scale(try pages.page(.originY).words, by: scaleY, into: &points.originY)
    let x = try pages.page(.destinationX)
    let y = try pages.page(.destinationY)
    RouteKernels.scale(x.words, by: scaleX, into: &points.destinationX)
    RouteKernels.scale(y.words, by: scaleY, into: &points.destinationY)
    RouteKernels.assign(points, to: middles, numbers: &numbers, distances: &distances)
    RouteKernels.clear(withoutValue: x.validity, &numbers)
    RouteKernels.clear(withoutValue: y.validity, &numbers)
  }
}
