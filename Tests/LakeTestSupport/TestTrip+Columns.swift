package import LakeColumns
internal import TripModel

extension TestTrip {
  /// The columns of a partition's trips in the order given. Without any destination those columns are left
  /// out.
  package static func columns(_ trips: [TestTrip]) -> [ColumnVector] {
    var columns = [
      numbers(.originX, trips.map(\.origin.x)), numbers(.originY, trips.map(\.origin.y)),
    ]
    if trips.contains(where: { $0.destination != nil }) {
      columns.append(numbers(.destinationX, trips.map { $0.destination?.x }))
      columns.append(numbers(.destinationY, trips.map { $0.destination?.y }))
    }
    columns.append(times(trips))
    columns.append(sources(trips))
    return columns
  }

  private static func definition(_ id: ColumnID) -> ColumnDefinition {
    guard let definition = TripSchema.trips.column(id) else {
      preconditionFailure("the roles stand in the schema")
    }
    return definition
  }

  private static func numbers(_ id: ColumnID, _ values: [Double?]) -> ColumnVector {
    var words = ColumnBuffer<UInt64>()
    var bitmap = ColumnBuffer<UInt64>()
    bitmap.resize(to: ValidityBitmap.wordCount(rowCount: values.count), filling: 0)
    for (row, value) in values.enumerated() {
      words.append(value?.bitPattern ?? 0)
      if value != nil { bitmap[row >> 6] |= 1 << UInt64(row & 63) }
    }
    let column = ColumnVector(definition: definition(id), words: words)
    if values.contains(nil) { column.validity = consume bitmap }
    return column
  }

  private static func times(_ trips: [TestTrip]) -> ColumnVector {
    let column = ColumnVector(definition: definition(.startTime))
    for trip in trips { column.words.append(UInt64(bitPattern: trip.time)) }
    return column
  }

  private static func sources(_ trips: [TestTrip]) -> ColumnVector {
    let dictionary = Set(trips.map(\.source)).sorted()
    let indices = Dictionary(uniqueKeysWithValues: dictionary.enumerated().map { ($1, $0) })
    let column = ColumnVector(definition: definition(.source), dictionary: dictionary)
    for trip in trips { column.words.append(UInt64(indices[trip.source] ?? 0)) }
    return column
  }
}
