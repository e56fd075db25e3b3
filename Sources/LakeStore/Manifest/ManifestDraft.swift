internal import LakeBytes
internal import LakeFile
internal import TripModel

/// The next version of a lake while it is put together.
package struct ManifestDraft {
  package let version: UInt64
  let lakeID: LakeID
  let parentDigest: Digest128
  var schema: TripSchema
  var files: [DataFileEntry]
  var inputs: [InputRecord]
  var loads: [LoadRecord]
  var areas: [Area]
  var routes: [RouteModel]

  /// The version after `head` with `change` made to it.
  ///
  /// - Parameter version: Its number where versions between are damaged.
  /// - Precondition: `change.removed` names files of `head`.
  package init(
    after head: Manifest, applying change: ManifestChange, version: UInt64? = nil
  ) throws(StoreError) {
    let version = version ?? head.version + 1
    self.version = version
    lakeID = head.lakeID
    parentDigest = head.digest
    schema = change.schema ?? head.schema
    let removed = Set(change.removed)
    precondition(removed.allSatisfy { $0 >= 0 && $0 < head.fileCount })
    files = try head.entries().enumerated().filter { !removed.contains($0.offset) }.map(\.element)
    files += change.added.map { DataFileEntry($0, load: change.owners[$0.number] ?? version) }
    inputs = try head.inputHistory()
    inputs += change.inputs.map { input in
      var input = input
      input.load = version
      return input
    }
    areas = if let areas = change.areas { areas } else { try head.areas() }
    routes = if let routes = change.routes { routes } else { try head.routes() }
    loads = try head.loads()
    if var load = change.load {
      load.load = version
      loads.append(load)
    }
  }
}

extension DataFileEntry {
  fileprivate init(_ file: StagedDataFile, load: UInt64) {
    self.init(
      key: file.key, transaction: file.transaction, number: file.number, load: load,
      partitionSpecification: 1, byteOffset: 0, footerDigest: file.footerDigest,
      statistics: file.statistics)
  }
}
