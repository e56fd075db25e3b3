internal import LakeBytes
internal import TripModel

/// Words a guess as a definition.
struct DraftWriter {
  let name: String
  let sample: DraftSample
  let profiles: [ColumnProfile]
  let roles: DraftRoles

  var members: [JSONMember] {
    var members = [
      JSONMember("name", .string(name)), JSONMember("delimiter", text(byte: sample.delimiter)),
    ]
    if !sample.hasHeader { members.append(JSONMember("header", texts(sample.names))) }
    if let comment = sample.comment { members.append(JSONMember("comment", text(byte: comment))) }
    if sample.isRagged { members.append(JSONMember("ragged", .bool(true))) }
    if !nulls.isEmpty { members.append(JSONMember("nulls", texts([""] + nulls))) }
    members.append(JSONMember("region", text(role: roles.region)))
    members.append(JSONMember("origin", place(roles.origin)))
    if let destination = roles.destination {
      members.append(JSONMember("destination", place(destination)))
    }
    members.append(JSONMember("time", time))
    if let end = roles.endTime {
      members.append(JSONMember("end_time", .object(columns(end) + layouts(end, besides: start))))
    }
    members.append(JSONMember("source", text(role: roles.source)))
    let extras = extras
    if !extras.isEmpty { members.append(JSONMember("extras", .array(extras.map(\.json)))) }
    if let key { members.append(JSONMember("key", texts([key]))) }
    return members
  }

  var doubts: [String] {
    var doubts: [String] = []
    if roles.region == nil {
      doubts.append("no column looks like a region: all trips get the region \"unknown\"")
    }
    if roles.source == nil {
      doubts.append("no column looks like a source: all trips get the source \"unknown\"")
    }
    if roles.startTime != nil, !haveZones {
      doubts.append("times without a zone are taken to be those of the lake's clock")
    }
    if let key {
      doubts.append(
        "\(key.displayText) differs in all of \(sample.rowCount) records and is taken for the key: a trip with the "
          + "key of another is its duplicate")
    }
    if freeColumns.count > ExtraLayout.largestCount {
      doubts.append("only the first \(ExtraLayout.largestCount) other columns are kept")
    }
    return doubts
  }

  private var nulls: [ByteString] {
    profiles.reduce(into: Set()) { $0.formUnion($1.nulls) }.sorted()
  }

  private var start: [TimeLayout] {
    roles.startTime.flatMap { profiles[$0].times?.layouts } ?? [.iso]
  }

  /// Whether the times say which clock they are of.
  private var haveZones: Bool {
    guard let column = roles.startTime else { return false }
    let values = sample.columns[column].prefix(1000).filter { !$0.isEmpty }
    return values.allSatisfy { value in
      TimeLayoutKernels.read(value.bytes, layouts: start)?.offsetSeconds != nil
    }
  }

  private var time: JSONValue {
    let members = roles.startTime.map { columns($0) } ?? [JSONMember("columns", texts(["?"]))]
    let zone = haveZones ? "UTC" : "lake"
    return .object(
      members + layoutMember(start) + [JSONMember("zone", .string(zone))])
  }

  private func place(_ place: DraftRoles.Place?) -> JSONValue {
    switch place {
    case .point(let column): .object(columns(column, "point"))
    case .axes(let x, let y): .object(columns(x, "x") + columns(y, "y"))
    case nil: .object([JSONMember("x", texts(["?"])), JSONMember("y", texts(["?"]))])
    }
  }

  private func text(role column: Int?) -> JSONValue {
    .object(column.map { columns($0) } ?? [JSONMember("constant", .string("unknown"))])
  }

  private func columns(_ column: Int, _ member: String = "columns") -> [JSONMember] {
    [JSONMember(member, texts([HeaderName.trimmed(sample.names[column])]))]
  }

  /// The layouts of a column of times, unless they are those that hold without saying.
  private func layouts(_ column: Int, besides usual: [TimeLayout]) -> [JSONMember] {
    let layouts = profiles[column].times?.layouts ?? usual
    return layouts == usual ? [] : [JSONMember("layouts", .array(layouts.map { .string($0.text) }))]
  }

  private func layoutMember(_ layouts: [TimeLayout]) -> [JSONMember] {
    layouts == [.iso] ? [] : [JSONMember("layouts", .array(layouts.map { .string($0.text) }))]
  }

  private func text(byte: UInt8) -> JSONValue { .string(String(decoding: [byte], as: UTF8.self)) }

  private func texts(_ names: [ByteString]) -> JSONValue {
    .array(names.map { .string($0.text ?? $0.displayText) })
  }
}

/// The columns beside the roles.
extension DraftWriter {
  private struct Extra {
    let column: Int
    let name: ByteString
    let json: JSONValue
  }

  /// Columns with a name that can be found again, and that nothing else is made of.
  private var freeColumns: [Int] {
    let used = roles.used
    let normalized = sample.names.map(HeaderName.normalized)
    return sample.names.indices.filter { column in
      !used.contains(column) && !normalized[column].isEmpty && sample.names[column].text != nil
        && normalized.count { $0 == normalized[column] } == 1
    }
  }

  private var extras: [Extra] {
    var taken: Set<ByteString> = roles.endTime == nil ? [] : [InputDefinition.endTime]
    return freeColumns.prefix(ExtraLayout.largestCount - taken.count).map { column in
      let name = lakeName(of: column, &taken)
      return Extra(column: column, name: name, json: .object(members(column, name: name)))
    }
  }

  private func lakeName(of column: Int, _ taken: inout Set<ByteString>) -> ByteString {
    let header = HeaderName.trimmed(sample.names[column])
    var name = header
    var number = 2
    while TripSchema.trips.column(named: name) != nil || !taken.insert(name).inserted {
      name = ByteString(bytes: header.bytes + Array("_\(number)".utf8))
      number += 1
    }
    return name
  }

  private func members(_ column: Int, name: ByteString) -> [JSONMember] {
    var members = [JSONMember("name", .string(name.text ?? name.displayText))]
    if HeaderName.normalized(name) != HeaderName.normalized(sample.names[column]) {
      members += columns(column)
    }
    let type = profiles[column].type
    if type != .text { members.append(JSONMember("type", .string("\(type)"))) }
    return type == .timestamp ? members + layouts(column, besides: start) : members
  }

  private var key: ByteString? {
    guard sample.rowCount > 1 else { return nil }
    return extras.first { extra in
      profiles[extra.column].isUnique && profiles[extra.column].words.areKey
        && [.text, .int64].contains(profiles[extra.column].type)
    }?.name
  }
}
