internal import LakeStore
internal import TripModel

/// Regions of which trips may share a group, with their files. A group is complete once the files of one set
/// have been read.
struct RegionSet: Sendable {
  private(set) var items: [ScanJob.Item] = []
  private(set) var origins = CellExtent.empty
  private(set) var destinations = CellExtent.empty

  /// Divides files into sets: as many as the manifest can keep apart.
  ///
  /// - Parameter items: Ascending by file, so by region.
  /// - Returns: In the order of their first files; the files of a set ascend.
  /// - Complexity: O(files + regions²).
  static func sets(
    of items: [ScanJob.Item], groupedBy keys: [GroupedCount.Key], _ grid: CellGrid,
    _ manifest: Manifest
  ) throws -> [RegionSet] {
    var sets: [RegionSet] = []
    for region in try regions(of: items, grid, manifest) {
      var merged = region
      if !keys.contains(.region) {
        let touched = sets.filter { $0.mayShareGroup(with: region, keys) }
        sets.removeAll { $0.mayShareGroup(with: region, keys) }
        merged = touched.reversed().reduce(region) { $1.union($0) }
      }
      sets.append(merged)
    }
    return sets.sorted { $0.firstFile < $1.firstFile }
  }

  private static func regions(
    of items: [ScanJob.Item], _ grid: CellGrid, _ manifest: Manifest
  ) throws -> [RegionSet] {
    var regions: [RegionSet] = []
    var last: Int?
    for item in items {
      let region = manifest.regionIndex(ofFile: item.file)
      if region != last { regions.append(RegionSet()) }
      last = region
      try regions[regions.count - 1].add(item, grid, manifest)
    }
    return regions
  }

  private mutating func add(
    _ item: ScanJob.Item, _ grid: CellGrid, _ manifest: Manifest
  ) throws {
    items.append(item)
    origins = origins.union(try CellExtent(originsOfFile: item.file, manifest, grid))
    destinations = destinations.union(try CellExtent(destinationsOfFile: item.file, manifest, grid))
  }

  private var firstFile: Int { items.first?.file ?? 0 }

  private func mayShareGroup(with other: RegionSet, _ keys: [GroupedCount.Key]) -> Bool {
    if keys.contains(.originCell), !origins.mayShareCell(with: other.origins) { return false }
    if keys.contains(.destinationCell), !destinations.mayShareCell(with: other.destinations) {
      return false
    }
    return true
  }

  private func union(_ other: RegionSet) -> RegionSet {
    var union = self
    union.items = (items + other.items).sorted { $0.file < $1.file }
    union.origins = origins.union(other.origins)
    union.destinations = destinations.union(other.destinations)
    return union
  }
}
