package import LakeBytes
package import TripModel

extension InputDefinition {
  /// The JSON of the definition by which the rows that a lake writes out come back as they were.
  package static func exportJSON(of schema: TripSchema) -> JSONValue {
    let extras = schema.columns.filter { $0.id >= .firstExtra }
    return .object([
      JSONMember("name", .string("lake-rows")), JSONMember("delimiter", .string(",")),
      JSONMember("quoted_empty", .bool(true)), role("region", "columns", "region"),
      role("origin", "point", "origin_coord"), role("destination", "point", "destination_coord"),
      JSONMember(
        "time",
        .object([
          JSONMember("columns", .array([.string("datetime")])),
          JSONMember("zone", .string(ZoneName.utc.text)),
        ])), role("source", "columns", "datasource"),
      JSONMember("extras", .array(extras.map(extra))),
    ])
  }

  private static func role(_ name: String, _ member: String, _ column: String) -> JSONMember {
    JSONMember(name, .object([JSONMember(member, .array([.string(column)]))]))
  }

  private static func extra(_ column: ColumnDefinition) -> JSONValue {
    .object([
      JSONMember("name", .string(column.name.text ?? column.name.displayText)),
      JSONMember("type", .string("\(column.type)")),
    ])
  }
}
