internal import LakeBytes
internal import LakeQuery
internal import TripModel

/// A map of summary tables: a collection of GeoJSON features (RFC 7946), one for each row that has a place.
package enum GeoJSONLayer: String, CaseIterable, Sendable {
  /// The areas with their weekly averages.
  case areas
  /// Groups of similar trips, as lines from the middle of one cell to the middle of another.
  case groups

  /// The bytes of the whole collection. Its member `triplake` says what it comes from, as `_triplake_meta` does.
  package func bytes(of content: SummaryContent) -> [UInt8] {
    var writer = JSONWriter(.compact)
    writer.beginObject()
    writer.member("type", "FeatureCollection")
    writer.name("triplake")
    Self.write(
      SummarySchema.meta.columns, content.rows(of: SummarySchema.meta).first ?? [], to: &writer)
    writer.name("features")
    writer.beginArray()
    switch self {
    case .areas: Self.writeAreas(of: content, to: &writer)
    case .groups: Self.writeGroups(of: content, to: &writer)
    }
    writer.endArray()
    writer.endObject()
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  private static func writeAreas(of content: SummaryContent, to writer: inout JSONWriter) {
    let averages = content.rows(of: SummarySchema.weeklyAverage)
    let names = SummarySchema.weeklyAverage.columns.map(\.name)
    for area in content.tables.areas.sorted(by: { $0.name < $1.name }) {
      let row = averages.first { $0[0] == .text("area") && $0[1] == .text(area.name.bytes) }
      writer.beginObject()
      writer.member("type", "Feature")
      writer.member("id", area.name.displayText)
      writer.name("geometry")
      writer.value(GeoJSON.geometry(of: area.shape))
      writer.name("properties")
      writer.beginObject()
      writer.member("area", area.name.displayText)
      for (name, value) in zip(names, row ?? []).dropFirst(4) {
        writer.name(name)
        write(value, to: &writer)
      }
      writer.endObject()
      writer.endObject()
    }
  }

  private static func writeGroups(of content: SummaryContent, to writer: inout JSONWriter) {
    let columns = SummarySchema.tripGroups.columns
    for row in content.rows(of: SummarySchema.tripGroups) {
      guard case .real(let startX) = row[5], case .real(let startY) = row[6],
        case .real(let endX) = row[7], case .real(let endY) = row[8]
      else { continue }
      writer.beginObject()
      writer.member("type", "Feature")
      writer.name("geometry")
      writer.value(GeoJSON.line(from: (startX, startY), to: (endX, endY)))
      writer.name("properties")
      write(Array(columns.prefix(5)), Array(row.prefix(5)), to: &writer)
      writer.endObject()
    }
  }

  private static func write(
    _ columns: [SummaryColumn], _ row: [SQLValue], to writer: inout JSONWriter
  ) {
    writer.beginObject()
    for (column, value) in zip(columns, row) {
      writer.name(column.name)
      write(value, to: &writer)
    }
    writer.endObject()
  }

  private static func write(_ value: SQLValue, to writer: inout JSONWriter) {
    switch value {
    case .null: writer.null()
    case .integer(let number): writer.integer(number)
    case .real(let number): writer.number(number)
    case .text(let bytes): writer.string(ByteString(bytes: bytes).displayText)
    }
  }
}
