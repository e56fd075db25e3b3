/// The zone maps of one column, an entry for each block.
package struct ColumnZoneMaps: Hashable, Sendable {
  package var nullCounts: [UInt32]
  package var nanCounts: [UInt32]
  /// As `ZoneMap.minimum` and `ZoneMap.maximum`.
  package var minimums: [UInt64]
  package var maximums: [UInt64]

  package init() {
    nullCounts = []
    nanCounts = []
    minimums = []
    maximums = []
  }

  init(nullCounts: [UInt32], nanCounts: [UInt32], minimums: [UInt64], maximums: [UInt64]) {
    self.nullCounts = nullCounts
    self.nanCounts = nanCounts
    self.minimums = minimums
    self.maximums = maximums
  }

  package func zoneMap(ofBlock block: Int, rowCount: Int) -> ZoneMap {
    ZoneMap(
      rowCount: rowCount, nullCount: Int(nullCounts[block]), nanCount: Int(nanCounts[block]),
      minimum: minimums[block], maximum: maximums[block])
  }
}
