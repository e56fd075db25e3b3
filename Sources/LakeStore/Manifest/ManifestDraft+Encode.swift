internal import LakeBytes
internal import LakeFile
internal import TripModel

extension ManifestDraft {
  /// With fewer files the sources of all of them are read as fast as those of regions.
  private static let leastFileCountOfRegionSources = 64

  /// The complete bytes of the manifest; the same draft always gives the same bytes.
  ///
  /// - Complexity: O(n log n) for n files.
  package func encode() -> [UInt8] {
    let regions = Set(files.map(\.key.region)).sorted()
    let sources = Set(files.flatMap { $0.statistics.sources.map(\.name) }).sorted()
    var columns = FileColumnWriter(regions: regions, sources: sources)
    for index in order(regions) { columns.append(files[index]) }
    let tellsRegionSources = files.count >= Self.leastFileCountOfRegionSources
    let sectionCount =
      ManifestSectionKind.allCases.count { $0.isRequired } + (routes.isEmpty ? 0 : 1)
      + (areas.isEmpty ? 0 : 1) + (tellsRegionSources ? 1 : 0)
    let bodyStart = ManifestHeader.byteCount + sectionCount * SectionEntry.byteCount
    var sections = SectionWriter(base: bodyStart)
    sections.append(.totals, columns.totals.encode())
    sections.append(.schema, schema.encode())
    sections.append(.regions, StringTable.encode(regions))
    sections.append(.sources, StringTable.encode(sources))
    sections.append(.filePartitions, columns.partitionBytes)
    sections.append(.fileSizes, columns.sizeBytes)
    sections.append(.fileTimes, columns.timeBytes)
    sections.append(.fileExtents, columns.extentBytes)
    sections.append(.fileNames, columns.nameBytes)
    sections.append(.sourceStatistics, columns.sourceBytes)
    sections.append(.inputs, InputRecord.encode(inputs))
    sections.append(.loads, LoadRecord.encode(loads))
    if !routes.isEmpty { sections.append(.routes, RouteModel.encode(routes)) }
    if !areas.isEmpty { sections.append(.areas, Area.encode(areas)) }
    if tellsRegionSources { sections.append(.regionSources, columns.regionSourceBytes) }
    return assemble(sections)
  }

  /// The files ascending by region, week, load, transaction and number. Regions are compared by their
  /// place in `regions`, for comparing names costs most of the sort.
  private func order(_ regions: [ByteString]) -> [Int] {
    var places: [ByteString: Int] = [:]
    for (place, region) in regions.enumerated() { places[region] = place }
    let keys = files.map { file in
      (
        places[file.key.region] ?? 0, file.key.week, file.load, file.transaction, file.number
      )
    }
    return files.indices.sorted { keys[$0] < keys[$1] }
  }

  private func assemble(_ sections: SectionWriter) -> [UInt8] {
    var directory = ByteWriter()
    sections.directory.encode(into: &directory)
    let body = sections.bytes
    let header = ManifestHeader(
      sectionCount: UInt16(sections.directory.entries.count), version: version, lakeID: lakeID,
      parentDigest: parentDigest, bodyByteCount: UInt64(body.count),
      directoryDigest: Checksum.xxh3_128(directory.bytes))
    let byteCount = header.bodyStart + body.count + ManifestHeader.trailerByteCount
    var writer = ByteWriter(reserving: byteCount)
    writer.append(contentsOf: header.encode())
    writer.append(contentsOf: directory.bytes)
    writer.append(contentsOf: body)
    writer.append(contentsOf: ManifestHeader.trailer(fileByteCount: byteCount))
    return writer.bytes
  }
}

extension SectionWriter {
  fileprivate mutating func append(_ kind: ManifestSectionKind, _ bytes: [UInt8]) {
    append(kind: kind.rawValue, isRequired: kind.isRequired, bytes)
  }
}
