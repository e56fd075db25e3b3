package import LakeBytes
internal import LakeFile
package import TripModel

/// Single facts about trip files. Every `index` lies in `0..<fileCount`.
extension Manifest {
  /// The files of one region: neighbours, ascending by week.
  ///
  /// - Complexity: O(log n).
  package func files(ofRegion regionIndex: Int) -> Range<Int> {
    let all = 0..<fileCount
    guard let region = UInt32(exactly: regionIndex), region < UInt32.max else { return 0..<0 }
    let start = files.regions.lowerBound(of: region, in: all)
    return start..<files.regions.lowerBound(of: region + 1, in: start..<fileCount)
  }

  package func regionIndex(ofFile index: Int) -> Int { Int(files.regions[index]) }

  package func week(ofFile index: Int) -> ISOWeek { ISOWeek(index: files.weeks[index]) }

  package func key(ofFile index: Int) -> PartitionKey {
    PartitionKey(region: regions[regionIndex(ofFile: index)], week: week(ofFile: index))
  }

  package func rowCount(ofFile index: Int) -> Int { Int(files.rowCounts[index]) }

  package func byteCount(ofFile index: Int) -> Int { Int(files.byteCounts[index]) }

  /// Rows that have a destination.
  package func destinationCount(ofFile index: Int) -> Int { Int(files.destinationCounts[index]) }

  /// Microseconds since 1970-01-01 UTC.
  package func firstTime(ofFile index: Int) -> Int64 { files.firstTimes[index] }

  /// Microseconds since 1970-01-01 UTC.
  package func lastTime(ofFile index: Int) -> Int64 { files.lastTimes[index] }

  /// The load that the file's rows came with.
  ///
  /// - Throws: `StoreError` where the names of files are damaged, here and below.
  package func load(ofFile index: Int) throws(StoreError) -> UInt64 { try names().loads[index] }

  /// The sum of the hashes of the file's rows.
  package func rowHashSum(ofFile index: Int) throws(StoreError) -> Digest128 {
    try names().rowHashSum(ofFile: index)
  }

  /// Whether the manifest names every source of the file.
  package func areSourcesComplete(ofFile index: Int) -> Bool {
    files.flags[index] & FileColumns.hasCompleteSources != 0
  }

  /// What opening a file needs, without all else that the manifest says of it.
  func path(ofFile index: Int) throws(StoreError) -> LakePath {
    let name = try name(ofFile: index)
    return .tripFile(key(ofFile: index), name.transaction, name.number)
  }

  func name(ofFile index: Int) throws(StoreError) -> TripFileName {
    try names().name(ofFile: index)
  }

  func footerDigest(ofFile index: Int) throws(StoreError) -> Digest128 {
    try names().footerDigest(ofFile: index)
  }

  private func statistics(
    ofFile index: Int, _ names: FileNames, _ extents: FileExtents, _ fileSources: SourceTable
  ) -> TripFileStatistics {
    TripFileStatistics(
      rowCount: rowCount(ofFile: index), byteCount: byteCount(ofFile: index),
      rowHashSum: names.rowHashSum(ofFile: index),
      firstTime: firstTime(ofFile: index), lastTime: lastTime(ofFile: index),
      originExtent: extents.origins(ofFile: index),
      destinationExtent: extents.destinations(ofFile: index),
      destinationCount: destinationCount(ofFile: index),
      sources: fileSources.statistics(of: index).map { source in
        SourceStatistics(
          name: sources[source.sourceIndex], rowCount: source.rowCount,
          firstTime: source.firstTime, lastTime: source.lastTime)
      },
      areSourcesComplete: areSourcesComplete(ofFile: index))
  }
}

extension Manifest {
  /// Everything the manifest says of its files. Statistics of sources are read and proven at each call.
  ///
  /// - Throws: `StoreError.damaged`, `StoreError.inputOutput`.
  package func entries() throws(StoreError) -> [DataFileEntry] {
    let (names, extents, fileSources) = (try names(), try extents(), try fileSources())
    return (0..<fileCount).map { index in
      DataFileEntry(
        key: key(ofFile: index), transaction: names.transaction(ofFile: index),
        number: names.numbers[index], load: names.loads[index],
        partitionSpecification: files.specifications[index], byteOffset: names.byteOffsets[index],
        footerDigest: names.footerDigest(ofFile: index),
        statistics: statistics(ofFile: index, names, extents, fileSources))
    }
  }
}
