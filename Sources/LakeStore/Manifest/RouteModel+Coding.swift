internal import LakeBytes
internal import TripModel

/// The route models of a version, ascending by region.
///
/// ```
/// count: u32 | for each: region (length u32, bytes) | metres per degree x f64, y f64 | seed u64
///            | sampled trips u64 | iterations u32 | inertia f64 | route count u32
///            | for each route: origin x f64, y f64 | destination x f64, y f64 | trips u64
/// ```
///
/// Format: `formats/manifest/v1.md`, "Routes".
extension RouteModel {
  private static let routeByteCount = 4 * 8 + 8
  /// Bytes of a model of one route and a name of one byte.
  private static let minimumByteCount = 4 + 1 + 4 * 8 + 4 + 8 + 4 + routeByteCount

  /// - Precondition: The regions are distinct.
  static func encode(_ models: [RouteModel]) -> [UInt8] {
    var writer = ByteWriter()
    writer.append(UInt32(models.count))
    for model in models.sorted(by: { $0.region < $1.region }) { model.encode(into: &writer) }
    return writer.bytes
  }

  private func encode(into writer: inout ByteWriter) {
    writer.append(counted: region)
    writer.append(metresPerDegreeX)
    writer.append(metresPerDegreeY)
    writer.append(seed)
    writer.append(sampleCount)
    writer.append(iterationCount)
    writer.append(inertia)
    writer.append(UInt32(routes.count))
    for route in routes {
      for coordinate in [
        route.originX, route.originY, route.destinationX, route.destinationY,
      ] { writer.append(coordinate) }
      writer.append(route.tripCount)
    }
  }

  static func decodeAll(_ bytes: [UInt8], base: Int) throws(ByteError) -> [RouteModel] {
    var cursor = ByteCursor(bytes, base: base)
    let count = try cursor.readCount(elementByteCount: minimumByteCount)
    var models: [RouteModel] = []
    for _ in 0..<count {
      let place = cursor.offset
      let model = try RouteModel(decoding: &cursor)
      guard models.last.map({ $0.region < model.region }) ?? true else {
        throw ByteError(.outOfRange, at: place, "the routes of a region are out of order")
      }
      models.append(model)
    }
    try cursor.expectEnd()
    return models
  }

  private init(decoding cursor: inout ByteCursor) throws(ByteError) {
    let place = cursor.offset
    let region = try cursor.readCounted()
    let scale = (x: try cursor.readDouble(), y: try cursor.readDouble())
    let seed = try cursor.read(UInt64.self)
    let sampleCount = try cursor.read(UInt64.self)
    let iterationCount = try cursor.read(UInt32.self)
    let inertia = try cursor.readDouble()
    let routeCount = try cursor.readCount(elementByteCount: Self.routeByteCount)
    var routes: [Route] = []
    for _ in 0..<routeCount { routes.append(try Route(decoding: &cursor)) }
    guard scale.x > 0, scale.x.isFinite, scale.y > 0, scale.y.isFinite, inertia >= 0,
      inertia.isFinite, !routes.isEmpty, routes.count <= RouteModel.routeLimit
    else {
      throw ByteError(.outOfRange, at: place, "the numbers of a region's routes are none")
    }
    self.init(
      region: region, metresPerDegreeX: scale.x, metresPerDegreeY: scale.y, seed: seed,
      sampleCount: sampleCount, iterationCount: iterationCount, inertia: inertia, routes: routes)
  }
}

extension Route {
  fileprivate init(decoding cursor: inout ByteCursor) throws(ByteError) {
    let place = cursor.offset
    let origin = (x: try cursor.readDouble(), y: try cursor.readDouble())
    let destination = (x: try cursor.readDouble(), y: try cursor.readDouble())
    guard [origin.x, destination.x].allSatisfy({ $0.magnitude <= 180 }),
      [origin.y, destination.y].allSatisfy({ $0.magnitude <= 90 })
    else { throw ByteError(.outOfRange, at: place, "the middle of a route is no place") }
    self.init(
      originX: origin.x, originY: origin.y, destinationX: destination.x,
      destinationY: destination.y, tripCount: try cursor.read(UInt64.self))
  }
}
