internal import LakeStore
package import TripModel

extension SummaryTables {
  /// Reads no data file but for the areas, and for partitions of more sources than the manifest counts.
  ///
  /// - Parameters:
  ///   - areas: What gets a row in `areaAverages`.
  ///   - place: The end of the trip that the areas are held against.
  /// - Throws: `StoreError` of a file that had to be read.
  package init(
    _ reader: LakeReader, areas: [Area], at place: BoxPlace = .origin, threadCount: Int = 1
  ) throws {
    let manifest = reader.manifest
    let facts = try SourceFacts(reader, threadCount: threadCount).facts
    let regionNames = Array(manifest.regions)
    var sources: [ByteString: Tally] = [:]
    var sourceRegions: [SourceRegionKey: Tally] = [:]
    var weeklyTrips: [WeeklyKey: Int] = [:]
    for fact in facts {
      let region = regionNames[manifest.regionIndex(ofFile: fact.file)]
      let week = manifest.week(ofFile: fact.file)
      sources[fact.source, default: .none].add(fact.tally)
      sourceRegions[SourceRegionKey(source: fact.source, region: region), default: .none]
        .add(fact.tally)
      weeklyTrips[WeeklyKey(region: region, week: week, source: fact.source), default: 0] +=
        fact.tally.trips
    }
    let byRegion = WeeklyAverage(grouping: .region, threadCount: threadCount)
    let byArea = WeeklyAverage(grouping: .area(areas, at: place), threadCount: threadCount)
    self.init(
      snapshot: manifest.version, zoneName: reader.zoneName, regions: Self.regions(reader),
      sources: sources.sorted { $0.key < $1.key }.map { Source(name: $0.key, tally: $0.value) },
      areas: areas,
      weeklyTrips: weeklyTrips.sorted { $0.key < $1.key }.map { key, trips in
        WeeklyTrips(region: key.region, week: key.week, source: key.source, trips: trips)
      },
      regionAverages: try byRegion.answer(from: reader).rows,
      areaAverages: try byArea.answer(from: reader).rows,
      sourceRegions: sourceRegions.sorted { $0.key < $1.key }.map { key, tally in
        SourceRegion(source: key.source, region: key.region, tally: tally)
      })
  }

  private static func regions(_ reader: LakeReader) -> [Region] {
    let manifest = reader.manifest
    return manifest.regions.indices.compactMap { index in
      let files = manifest.files(ofRegion: index)
      guard let span = WeekSpan(ofFiles: files, reader: reader) else { return nil }
      var tally = Tally.none
      for file in files {
        tally.add(
          Tally(
            trips: manifest.rowCount(ofFile: file), firstTime: manifest.firstTime(ofFile: file),
            lastTime: manifest.lastTime(ofFile: file)))
      }
      return Region(
        name: manifest.regions[index], tally: tally, firstWeek: span.weeks.lowerBound,
        lastWeek: span.weeks.upperBound)
    }
  }

  private struct SourceRegionKey: Hashable, Comparable {
    let source: ByteString
    let region: ByteString

    static func < (left: SourceRegionKey, right: SourceRegionKey) -> Bool {
      (left.source, left.region) < (right.source, right.region)
    }
  }

  private struct WeeklyKey: Hashable, Comparable {
    let region: ByteString
    let week: ISOWeek
    let source: ByteString

    static func < (left: WeeklyKey, right: WeeklyKey) -> Bool {
      (left.region, left.week, left.source) < (right.region, right.week, right.source)
    }
  }
}

extension SummaryTables.Tally {
  fileprivate static let none = SummaryTables.Tally(trips: 0, firstTime: .max, lastTime: .min)

  fileprivate mutating func add(_ other: SummaryTables.Tally) {
    trips += other.trips
    firstTime = min(firstTime, other.firstTime)
    lastTime = max(lastTime, other.lastTime)
  }
}
