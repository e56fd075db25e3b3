internal import LakeColumns
internal import LakeStore
internal import TripModel

/// Makes the columns of a trip file from trips read back.
struct TripColumnsBuilder {
  let schema: TripSchema
  /// The columns that the extras of the trips belong to, in their order.
  let extras: [ColumnDefinition]

  /// - Returns: Ascending by id.
  func columns(_ trips: [DroppedTrip]) -> [ColumnVector] {
    var columns: [ColumnVector] = []
    for definition in schema.columns where definition.id != .region {
      if let column = column(definition, trips) { columns.append(column) }
    }
    return columns
  }

  /// `nil` where no trip has a value and none needs one.
  private func column(_ definition: ColumnDefinition, _ trips: [DroppedTrip]) -> ColumnVector? {
    switch definition.id {
    case .originX: words(definition, trips.map { $0.origin.x.bitPattern })
    case .originY: words(definition, trips.map { $0.origin.y.bitPattern })
    case .destinationX: words(definition, trips.map { $0.destination?.x.bitPattern })
    case .destinationY: words(definition, trips.map { $0.destination?.y.bitPattern })
    case .startTime: words(definition, trips.map { UInt64(bitPattern: $0.time) })
    case .source: texts(definition, trips.map(\.source))
    default: extra(definition, trips)
    }
  }

  private func extra(_ definition: ColumnDefinition, _ trips: [DroppedTrip]) -> ColumnVector? {
    guard let place = extras.firstIndex(where: { $0.id == definition.id }) else { return nil }
    let values = trips.map { $0.extras[place] }
    if definition.type == .text {
      return texts(
        definition,
        values.map { value in
          if case .text(let text) = value { text } else { nil }
        })
    }
    return words(
      definition,
      values.map { value in
        if case .word(let word) = value { word } else { nil }
      })
  }

  private func words(_ definition: ColumnDefinition, _ values: [UInt64?]) -> ColumnVector? {
    guard values.contains(where: { $0 != nil }) else { return nil }
    let column = ColumnVector(definition: definition)
    for value in values { column.words.append(value ?? 0) }
    if values.contains(where: { $0 == nil }) {
      column.validity = Self.bitmap(values.map { $0 != nil })
    }
    return column
  }

  private func texts(_ definition: ColumnDefinition, _ values: [ByteString?]) -> ColumnVector? {
    guard values.contains(where: { $0 != nil }) else { return nil }
    let dictionary = Set(values.compactMap(\.self)).sorted()
    let places = Dictionary(uniqueKeysWithValues: dictionary.enumerated().map { ($1, $0) })
    let column = ColumnVector(definition: definition, dictionary: dictionary)
    for value in values {
      column.words.append(UInt64(value.flatMap { places[$0] } ?? 0))
    }
    if values.contains(where: { $0 == nil }) {
      column.validity = Self.bitmap(values.map { $0 != nil })
    }
    return column
  }

  private static func bitmap(_ isValid: [Bool]) -> ColumnBuffer<UInt64> {
    var words = ColumnBuffer<UInt64>()
    words.resize(to: ValidityBitmap.wordCount(rowCount: isValid.count), filling: 0)
    for (row, isValid) in isValid.enumerated() where isValid {
      words[row >> 6] |= 1 << UInt64(row & 63)
    }
    return words
  }
}
