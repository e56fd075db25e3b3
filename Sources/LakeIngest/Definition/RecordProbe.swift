internal import TripModel

/// Tells whether one record of a file without a header can be what a definition says it is.
struct RecordProbe {
  let definition: InputDefinition
  let mapping: HeaderMapping

  /// - Throws: `IngestError.missingColumn`, which says what cannot be.
  func check(_ fields: [ByteString]) throws(IngestError) {
    guard fields.count == mapping.fieldCount || definition.isRagged else {
      throw misfit("has \(fields.count) fields and not \(mapping.fieldCount)")
    }
    var places = mapping.origin.fields
    places += mapping.destination?.fields ?? []
    for place in places where !isCoordinate(field(place, of: fields)) {
      throw misfit("has no coordinate where \(mapping.columnName(place).displayText) should be")
    }
    guard isTime(field(mapping.time, of: fields)) else {
      throw misfit("has no time where \(mapping.columnName(mapping.time).displayText) should be")
    }
  }

  private func misfit(_ reason: String) -> IngestError {
    IngestError(
      .missingColumn,
      "a file of this layout has no header, and the first record \(reason)")
  }

  private func field(_ index: Int, of fields: [ByteString]) -> ByteString {
    index < fields.count ? fields[index] : ""
  }

  /// A number, a point, or nothing.
  private func isCoordinate(_ field: ByteString) -> Bool {
    let text = HeaderName.trimmed(field)
    if text.isEmpty || text.text.flatMap(Double.init)?.isFinite == true { return true }
    return HeaderName.normalized(text).bytes.starts(with: "point".utf8)
  }

  private func isTime(_ field: ByteString) -> Bool {
    TimeLayoutKernels.isTime(field.bytes, layouts: definition.time.layouts)
  }
}
