package import LakeStore
package import TripModel

/// One version of a lake together with the zone that its weeks and days are counted in: what every question
/// is asked of.
package struct LakeReader: Sendable {
  package let snapshot: LakeSnapshot
  package let zone: TimeZoneRules
  package let zoneName: ByteString

  package init(snapshot: LakeSnapshot, zone: TimeZoneRules, zoneName: ByteString) {
    self.snapshot = snapshot
    self.zone = zone
    self.zoneName = zoneName
  }

  /// The newest version of `lake`, or the one of this number.
  ///
  /// - Throws: `StoreError`, also where the lake's zone data cannot be read.
  package init(_ lake: Lake, version: UInt64? = nil) throws(StoreError) {
    let zone: TimeZoneRules
    do {
      zone = try TimeZoneRules(tzif: lake.settings.zoneData)
    } catch {
      throw StoreError(
        .damaged, path: "LAKE", "the data of its time zone cannot be read: \(error.message)")
    }
    let snapshot: LakeSnapshot
    if let version {
      snapshot = try lake.snapshot(version: version)
    } else {
      snapshot = try lake.snapshot()
    }
    self.init(snapshot: snapshot, zone: zone, zoneName: lake.settings.zoneName)
  }

  package var manifest: Manifest { snapshot.manifest }

  /// The areas that the snapshot keeps, ascending by name. Read at each call.
  ///
  /// - Throws: `StoreError` of a damaged manifest.
  package func areas() throws(StoreError) -> [Area] { try manifest.areas() }
}

extension LakeReader {
  /// The regions that have a trip, in byte order.
  package var regions: [ByteString] {
    let manifest = manifest
    return manifest.regions.indices.filter { !manifest.files(ofRegion: $0).isEmpty }
      .map { manifest.regions[$0] }
  }

  /// The index of a region that has a trip.
  ///
  /// - Throws: `QueryError.unknownRegion` with the nearest names.
  func regionIndex(of name: ByteString) throws(QueryError) -> Int {
    if let index = manifest.regions.firstIndex(of: name), !manifest.files(ofRegion: index).isEmpty {
      return index
    }
    throw QueryError(
      .unknownRegion, "there is no region \"\(name.displayText)\" in snapshot \(manifest.version)",
      suggestions: NearestNames.suggestions(for: name, among: regions))
  }
}
