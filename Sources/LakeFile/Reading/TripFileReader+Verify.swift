internal import LakeBytes
internal import LakeColumns
internal import TripModel

extension TripFileReader {
  /// Checks every byte of the file and every statistic against the rows.
  ///
  /// The first damage found is thrown; `wrongStatistics` where bytes are whole but say what is not so.
  package func verify() throws(TripFileError) {
    try verifySections()
    let columns = try columnsWithoutRows()
    var statistics = StatisticsBuilder(key: key, columns: columns)
    var used = columns.map { [Bool](repeating: false, count: $0.dictionary.count) }
    var scratch = PageScratch()
    for block in 0..<blockCount {
      for (index, column) in columns.enumerated() {
        try decode(column, block: block, &scratch)
        try verifyZoneMap(column, index, block: block)
        column.markUsedTexts(in: &used[index])
      }
      statistics.add(columns, rows: 0..<rowCount(ofBlock: block))
    }
    try verifyDictionaries(columns, used)
    let zoneMaps = columns.indices.map { ColumnZoneMaps(footer.zoneMaps.column($0)) }
    let found = statistics.statistics(
      footer.table, zoneMaps: zoneMaps, byteCount: source.byteCount)
    guard found == self.statistics else {
      throw TripFileError(
        .wrongStatistics, path: path, "the statistics of the file are not those of its rows")
    }
  }

  /// The digests of sections that opening the file does not read: dictionaries and unknown ones.
  private func verifySections() throws(TripFileError) {
    for entry in footer.directory.entries {
      let bytes = try readBytes(entry.range)
      do {
        _ = try entry.cursor(in: bytes, base: entry.range.lowerBound)
      } catch {
        throw TripFileError(error, path: path)
      }
    }
  }

  private func columnsWithoutRows() throws(TripFileError) -> [ColumnVector] {
    var vectors: [ColumnVector] = []
    for definition in columns {
      vectors.append(
        ColumnVector(definition: definition, dictionary: try dictionary(of: definition.id)))
    }
    return vectors
  }

  private func decode(
    _ column: ColumnVector, block: Int, _ scratch: inout PageScratch
  ) throws(TripFileError) {
    var bitmap = ColumnBuffer<UInt64>()
    try decode(
      column: column.definition.id, block: block, into: &column.words, validity: &bitmap,
      scratch: &scratch)
    if bitmap.isEmpty {
      column.validity = nil
    } else {
      column.validity = consume bitmap
    }
  }

  private func verifyZoneMap(
    _ column: ColumnVector, _ index: Int, block: Int
  ) throws(TripFileError) {
    let zoneMaps = footer.zoneMaps.column(index)
    let stored = zoneMaps[block]
    guard !zoneMaps.isMalformed(block: block),
      stored == ZoneMap(of: column)
    else {
      throw TripFileError(
        .wrongStatistics, path: path, block: block, column: column.definition.id,
        "the zone map is not that of the block's values")
    }
  }

  private func verifyDictionaries(
    _ columns: [ColumnVector], _ used: [[Bool]]
  ) throws(TripFileError) {
    for (column, used) in zip(columns, used) where used.contains(false) {
      throw TripFileError(
        .wrongStatistics, path: path, column: column.definition.id,
        "the dictionary holds a text that no row has")
    }
  }
}

extension ColumnVector {
  fileprivate func markUsedTexts(in used: inout [Bool]) {
    guard definition.type == .text else { return }
    guard hasBitmap else { return WordKernels.mark(words, in: &used) }
    for row in 0..<rowCount where isValid(row: row) { used[Int(words[row])] = true }
  }
}
