package import LakeColumns
package import TripModel

/// Seeded columns of one partition, as ingest hands them to the encoder.
package enum SampleTrips {
  package static let key = PartitionKey(region: "Prague", week: ISOWeek(index: 2525))

  /// Trips of a city with full 16-digit coordinates, whole seconds and three sources, in random order.
  ///
  /// - Parameter destinationChance: The chance that a trip has a destination; at 1 there is no bitmap.
  package static func columns(
    rowCount: Int, seed: UInt64, destinationChance: Double = 1,
    sources: [ByteString] = ["baba_car", "cheap_mobile", "funny_car"]
  ) -> [ColumnVector] {
    var random = SeededRandom(seed: seed)
    let columns = TripSchema.trips.columns.dropFirst().map { ColumnVector(definition: $0) }
    let start = Int64(SampleTrips.key.week.firstDayNumber) * 86_400
    var validity = ColumnBuffer<UInt64>()
    validity.resize(to: ValidityBitmap.wordCount(rowCount: rowCount), filling: 0)
    for row in 0..<rowCount {
      let hasDestination = destinationChance >= 1 || random.chance(destinationChance)
      if hasDestination { validity[row / 64] |= 1 << UInt64(row % 64) }
      columns[0].words.append((14.3 + 0.4 * random.fraction()).bitPattern)
      columns[1].words.append((49.9 + 0.3 * random.fraction()).bitPattern)
      let x = 14.3 + 0.4 * random.fraction()
      let y = 49.9 + 0.3 * random.fraction()
      columns[2].words.append(hasDestination ? x.bitPattern : 0)
      columns[3].words.append(hasDestination ? y.bitPattern : 0)
      let seconds = start + Int64(random.integer(in: 0..<604_800))
      columns[4].words.append(UInt64(bitPattern: seconds * 1_000_000))
      columns[5].words.append(UInt64(random.integer(in: 0..<sources.count)))
    }
    if destinationChance < 1 {
      for column in columns[2...3] { column.validity = copy(of: validity) }
    }
    columns[5].dictionary = sources
    return Array(columns)
  }

  private static func copy(of bitmap: borrowing ColumnBuffer<UInt64>) -> ColumnBuffer<UInt64> {
    var result = ColumnBuffer<UInt64>()
    for index in 0..<bitmap.count { result.append(bitmap[index]) }
    return result
  }

  /// The same trips without nulls, those of one small square of origins side by side, as ingest sorts them.
  package static func sorted(_ columns: [ColumnVector]) -> [ColumnVector] {
    let (x, y) = (columns[0].words.array, columns[1].words.array)
    func square(_ row: Int) -> Int {
      let column = Int((Double(bitPattern: x[row]) + 180) * 20)
      let line = Int((Double(bitPattern: y[row]) + 90) * 20)
      return column * 3600 + line
    }
    let order = x.indices.map { (square($0), $0) }.sorted { $0 < $1 }.map(\.1)
    return columns.map { column in
      let words = column.words.array
      return ColumnVector(
        definition: column.definition, words: ColumnBuffer(order.map { words[$0] }),
        dictionary: column.dictionary)
    }
  }
}
