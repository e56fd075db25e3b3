internal import LakeBytes
package import TripModel

/// Where the trips of each file begin and end. Proven as a whole; questions that are not about places leave it alone.
///
/// Format: `formats/manifest/v1.md`, "Trip files".
package final class FileExtents: Sendable {
  private let count: Int
  private let flags: FlatColumn<UInt8>
  /// All of west, south, east and north of origins, then of destinations, as bits of doubles.
  private let edges: FlatColumn<UInt64>

  /// Those of no file.
  init() {
    (count, flags, edges) = (0, .empty, .empty)
  }

  /// - Throws: `StoreError.damaged`, `.inputOutput`.
  init(reading sections: ManifestSections, of files: FileColumns) throws(StoreError) {
    count = files.count
    flags = files.flags
    var columns = try ColumnPlacer(sections, .fileExtents, rowByteCount: 64, count: count)
    edges = columns.next(count: 8 * count)
    for file in 0..<count {
      guard isExtent(0, ofFile: file), isExtent(4, ofFile: file) else {
        throw FileColumns.damage(
          file, "its smallest coordinates are above its largest", sections.path)
      }
    }
  }

  private func edge(_ edge: Int, ofFile file: Int) -> Double {
    Double(bitPattern: edges[edge * count + file])
  }

  private func isExtent(_ first: Int, ofFile file: Int) -> Bool {
    edge(first, ofFile: file) <= edge(first + 2, ofFile: file)
      && edge(first + 1, ofFile: file) <= edge(first + 3, ofFile: file)
  }

  /// Over origins whose coordinates are both numbers; `nil` where there is none.
  package func origins(ofFile file: Int) -> CoordinateExtent? {
    guard flags[file] & FileColumns.hasOriginExtent != 0 else { return nil }
    return extent(ofFile: file, firstEdge: 0)
  }

  /// Over destinations whose coordinates are both numbers; `nil` where there is none.
  package func destinations(ofFile file: Int) -> CoordinateExtent? {
    guard flags[file] & FileColumns.hasDestinationExtent != 0 else { return nil }
    return extent(ofFile: file, firstEdge: 4)
  }

  private func extent(ofFile file: Int, firstEdge first: Int) -> CoordinateExtent {
    CoordinateExtent(
      minX: edge(first, ofFile: file), minY: edge(first + 1, ofFile: file),
      maxX: edge(first + 2, ofFile: file), maxY: edge(first + 3, ofFile: file))
  }
}
