internal import LakeFile
package import TripModel

/// The trip files that one version has and another has not, summed up by partition.
package struct ManifestDifference: Sendable {
  /// Files of one partition.
  package struct Part: Hashable, Sendable {
    package let key: PartitionKey
    package var fileCount = 0
    package var rowCount = 0
    package var byteCount = 0
    /// Microseconds since 1970-01-01 UTC.
    package var firstTime = Int64.max
    package var lastTime = Int64.min
  }

  /// Both ascend by region and week.
  package let added: [Part]
  package let removed: [Part]

  /// - Throws: `StoreError` of a damaged manifest.
  /// - Complexity: O(files of both).
  package init(from older: Manifest, to newer: Manifest) throws(StoreError) {
    let (before, after) = (try older.names(), try newer.names())
    added = Self.parts(of: newer, after, without: Self.set(of: older, before))
    removed = Self.parts(of: older, before, without: Self.set(of: newer, after))
  }

  private static func set(of manifest: Manifest, _ names: FileNames) -> Set<TripFileName> {
    Set((0..<manifest.fileCount).map { names.name(ofFile: $0) })
  }

  private static func parts(
    of manifest: Manifest, _ names: FileNames, without others: Set<TripFileName>
  ) -> [Part] {
    var parts: [Part] = []
    // The files of a partition are neighbours.
    for file in 0..<manifest.fileCount where !others.contains(names.name(ofFile: file)) {
      let key = manifest.key(ofFile: file)
      if parts.last?.key != key { parts.append(Part(key: key)) }
      parts[parts.count - 1].add(manifest, file)
    }
    return parts
  }
}

extension ManifestDifference.Part {
  fileprivate mutating func add(_ manifest: Manifest, _ file: Int) {
    fileCount += 1
    rowCount += manifest.rowCount(ofFile: file)
    byteCount += manifest.byteCount(ofFile: file)
    firstTime = min(firstTime, manifest.firstTime(ofFile: file))
    lastTime = max(lastTime, manifest.lastTime(ofFile: file))
  }
}

/// Tells the trip files of a lake apart.
struct TripFileName: Hashable {
  let transaction: TransactionID
  let number: UInt32
}
