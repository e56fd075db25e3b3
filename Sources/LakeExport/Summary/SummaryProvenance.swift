package import LakeBytes
package import LakeQuery
package import LakeStore
package import TripModel

/// Where the rows of an export come from; written into `_triplake_meta`.
package struct SummaryProvenance: Hashable, Sendable {
  /// The lake's random name, in hexadecimal.
  package var lake: String
  /// XXH3-128 of the manifest that was read.
  package var digest: Digest128
  /// The rules of the lake's zone, for local times.
  package var zone: TimeZoneRules
  /// Which trips are counted, as a person would write it; empty for all of them.
  package var filter: String
  /// The end of a trip that the areas were held against.
  package var areasAt: BoxPlace
  /// Rows that count fewer trips are left out; 1 leaves out none.
  package var minimumCount: Int
  /// How `trip_groups` was made; nil where it is empty.
  package var groups: Groups?
  package var programVersion: String
  /// When the snapshot was committed, in microseconds since 1970-01-01 UTC; nil for an empty lake.
  package var committedAt: Int64?

  package struct Groups: Hashable, Sendable {
    /// As it was asked for: `0.01`, `500m`, `geohash:6`.
    package let cell: String
    package let slotMinutes: Int
    /// The number of groups that are kept at most.
    package let top: Int

    package init(cell: String, slotMinutes: Int, top: Int) {
      self.cell = cell
      self.slotMinutes = slotMinutes
      self.top = top
    }
  }

  package init(
    lake: String, digest: Digest128, zone: TimeZoneRules, filter: String = "",
    areasAt: BoxPlace = .origin, minimumCount: Int = 1, groups: Groups? = nil,
    programVersion: String,
    committedAt: Int64?
  ) {
    self.lake = lake
    self.digest = digest
    self.zone = zone
    self.filter = filter
    self.areasAt = areasAt
    self.minimumCount = minimumCount
    self.groups = groups
    self.programVersion = programVersion
    self.committedAt = committedAt
  }
}

extension SummaryProvenance {
  /// That of a lake's snapshot, of which all trips are counted.
  ///
  /// - Throws: `StoreError` of a damaged manifest.
  package init(_ reader: LakeReader, programVersion: String) throws(StoreError) {
    let manifest = reader.manifest
    self.init(
      lake: manifest.lakeID.hexadecimal, digest: manifest.digest, zone: reader.zone,
      programVersion: programVersion,
      committedAt: try manifest.loads().last { $0.load == manifest.version }?.endTime)
  }
}
