internal import LakeStore
internal import TripModel

extension CellExtent {
  /// Where the origins of a file lie.
  init(originsOfFile file: Int, _ manifest: Manifest, _ grid: CellGrid) throws {
    self = try CellExtent(manifest.extents().origins(ofFile: file), grid)
  }

  /// Where the destinations of a file lie.
  init(destinationsOfFile file: Int, _ manifest: Manifest, _ grid: CellGrid) throws {
    let count = manifest.destinationCount(ofFile: file)
    guard count > 0 else {
      self.init(hasAbsent: true)
      return
    }
    self = try CellExtent(manifest.extents().destinations(ofFile: file), grid)
    if count < manifest.rowCount(ofFile: file) { hasAbsent = true }
  }

  /// - Parameter extent: `nil` where a coordinate is not a number; the others lie on the map.
  private init(_ extent: CoordinateExtent?, _ grid: CellGrid) throws(QueryError) {
    let known = extent ?? CoordinateExtent(minX: -180, minY: -90, maxX: 180, maxY: 90)
    let rows = try CellRange(from: known.minY, through: known.maxY, grid.latitudes)
    self.init(
      x: try CellRange(from: known.minX, through: known.maxX, rows: rows, grid), y: rows,
      hasAbsent: extent == nil)
  }
}
