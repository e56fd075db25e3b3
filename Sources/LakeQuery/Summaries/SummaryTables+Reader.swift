internal import LakeBytes
internal import LakeStore
internal import TripModel

extension SummaryTables {
  /// Reads no data file but for areas and groups, and for partitions of more sources than the manifest counts.
  ///
  /// - Throws: `StoreError` of a file that had to be read; `QueryError` where groups take too much memory.
  package init(_ reader: LakeReader, _ request: SummaryRequest) throws {
    let manifest = reader.manifest
    let facts = try SourceFacts(reader, threadCount: request.threadCount).facts
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
    let average = WeeklyAverage(threadCount: request.threadCount)
    let partitions = try Self.partitions(reader)
    let areaTrips = try AreaTripCounts(request, partitions, reader)
    let models = request.countsRoutes ? try reader.routeModels() : []
    let modelOfRegion = Dictionary(uniqueKeysWithValues: models.map { ($0.region, $0) })
    let routeTrips = try RouteTripCounts(modelOfRegion, request, partitions, reader)
    let routeAverages = try average.rows(byRoute: routeTrips.counts, modelOfRegion, reader)
    self.init(
      snapshot: manifest.version, zoneName: reader.zoneName, regions: Self.regions(reader),
      sources: sources.sorted { $0.key < $1.key }.map { Source(name: $0.key, tally: $0.value) },
      areas: request.areas,
      weeklyTrips: weeklyTrips.sorted { $0.key < $1.key }.map { key, trips in
        WeeklyTrips(region: key.region, week: key.week, source: key.source, trips: trips)
      },
      regionAverages: try average.answer(from: reader).rows,
      areaAverages: try average.rows(of: request.areas, areaTrips.counts, reader),
      sourceRegions: sourceRegions.sorted { $0.key < $1.key }.map { key, tally in
        SourceRegion(source: key.source, region: key.region, tally: tally)
      }, partitions: partitions,
      areaTrips: zip(request.areas, areaTrips.counts).flatMap { area, counts in
        counts.map {
          AreaTrips(
            area: area.name, partition: manifest.key(ofFile: $0.file), trips: $0.rowCount)
        }
      }, routeModels: models,
      routeAverages: routeAverages.filter { modelOfRegion[$0.region] != nil },
      routeTrips: routeTrips.counts.flatMap { file, counts in
        counts.indices.dropFirst().filter { counts[$0] > 0 }.map { number in
          RouteTrips(
            partition: manifest.key(ofFile: file), route: number, trips: counts[number])
        }
      }, groups: try Self.groups(reader, request), grid: request.groups?.grid ?? .usual)
  }

  private static func partitions(_ reader: LakeReader) throws -> [Partition] {
    let manifest = reader.manifest
    var partitions: [Partition] = []
    var first = 0
    while first < manifest.fileCount {
      let key = manifest.key(ofFile: first)
      var end = first
      var content = PartitionContent(trips: 0, rowHashSum: .zero)
      while end < manifest.fileCount, manifest.key(ofFile: end) == key {
        content = PartitionContent(
          trips: content.trips + manifest.rowCount(ofFile: end),
          rowHashSum: content.rowHashSum &+ (try manifest.rowHashSum(ofFile: end)))
        end += 1
      }
      partitions.append(Partition(key: key, content: content, files: first..<end))
      first = end
    }
    return partitions
  }

  private static func groups(_ reader: LakeReader, _ request: SummaryRequest) throws -> [Group] {
    guard var question = request.groups else { return [] }
    question.keys = [.region, .originCell, .destinationCell, .slot]
    question.threadCount = request.threadCount
    return try question.answer(from: reader).rows.compactMap { row in
      guard case .name(let region) = row.group[0], case .minute(let minute) = row.group[3] else {
        return nil
      }
      return Group(
        region: region, origin: row.group[1], destination: row.group[2], minute: minute,
        trips: row.count)
    }
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

extension [SummaryTables.Partition] {
  /// For each file of the manifest the first one of its partition; nil for those of other partitions.
  func firstFiles(of manifest: Manifest) -> [Int?] {
    var first = [Int?](repeating: nil, count: manifest.fileCount)
    for partition in self {
      for file in partition.files { first[file] = partition.files.lowerBound }
    }
    return first
  }
}
