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
  package func load(ofFile index: Int) -> UInt64 { files.loads[index] }

  /// The sum of the hashes of the file's rows.
  package func rowHashSum(ofFile index: Int) -> Digest128 {
    Digest128(high: files.hashSumHighs[index], low: files.hashSumLows[index])
  }

  /// Over origins whose coordinates are both numbers; `nil` where there is none.
  package func originExtent(ofFile index: Int) -> CoordinateExtent? {
    guard files.flags[index] & FileColumns.hasOriginExtent != 0 else { return nil }
    return extent(ofFile: index, firstEdge: 0)
  }

  /// Over destinations whose coordinates are both numbers; `nil` where there is none.
  package func destinationExtent(ofFile index: Int) -> CoordinateExtent? {
    guard files.flags[index] & FileColumns.hasDestinationExtent != 0 else { return nil }
    return extent(ofFile: index, firstEdge: 4)
  }

  private func extent(ofFile index: Int, firstEdge first: Int) -> CoordinateExtent {
    func edge(_ number: Int) -> Double { files.extentEdge(first + number, ofFile: index) }
    return CoordinateExtent(minX: edge(0), minY: edge(1), maxX: edge(2), maxY: edge(3))
  }

  /// Whether the manifest names every source of the file.
  package func areSourcesComplete(ofFile index: Int) -> Bool {
    files.flags[index] & FileColumns.hasCompleteSources != 0
  }

  /// What opening a file needs, without all else that the manifest says of it.
  func path(ofFile index: Int) -> LakePath {
    .tripFile(key(ofFile: index), transaction(ofFile: index), files.numbers[index])
  }

  func name(ofFile index: Int) -> TripFileName {
    TripFileName(transaction: transaction(ofFile: index), number: files.numbers[index])
  }

  func footerDigest(ofFile index: Int) -> Digest128 {
    Digest128(high: files.footerHighs[index], low: files.footerLows[index])
  }

  private func transaction(ofFile index: Int) -> TransactionID {
    TransactionID(high: files.transactionHighs[index], low: files.transactionLows[index])
  }

  private func statistics(ofFile index: Int, _ fileSources: FileSources) -> TripFileStatistics {
    TripFileStatistics(
      rowCount: rowCount(ofFile: index), byteCount: byteCount(ofFile: index),
      rowHashSum: rowHashSum(ofFile: index),
      firstTime: firstTime(ofFile: index), lastTime: lastTime(ofFile: index),
      originExtent: originExtent(ofFile: index),
      destinationExtent: destinationExtent(ofFile: index),
      destinationCount: destinationCount(ofFile: index),
      sources: fileSources.statistics(ofFile: index).map { source in
        SourceStatistics(
          name: sources[source.sourceIndex], rowCount: source.rowCount,
          firstTime: source.firstTime, lastTime: source.lastTime)
      },
      areSourcesComplete: areSourcesComplete(ofFile: index))
  }
}

extension Manifest {
  /// The rows of each source in every file. Read and proven at each call.
  ///
  /// - Throws: `StoreError.damaged`, `StoreError.inputOutput`.
  package func fileSources() throws(StoreError) -> FileSources {
    guard let sections else { return FileSources() }
    return try FileSources(reading: sections, of: files, sourceCount: sources.count)
  }

  /// Everything the manifest says of its files. Statistics of sources are read and proven at each call.
  ///
  /// - Throws: `StoreError.damaged`, `StoreError.inputOutput`.
  package func entries() throws(StoreError) -> [DataFileEntry] {
    let fileSources = try fileSources()
    return (0..<fileCount).map { index in
      DataFileEntry(
        key: key(ofFile: index), transaction: transaction(ofFile: index),
        number: files.numbers[index], load: files.loads[index],
        partitionSpecification: files.specifications[index], byteOffset: files.byteOffsets[index],
        footerDigest: footerDigest(ofFile: index),
        statistics: statistics(ofFile: index, fileSources))
    }
  }
}
