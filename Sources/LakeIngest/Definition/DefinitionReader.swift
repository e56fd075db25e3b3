internal import LakeBytes
internal import TripModel

/// Reads the members of one JSON object of a definition; every member must be known.
struct DefinitionReader {
  let value: JSONValue
  private let place: String

  /// - Throws: `IngestError.invalidDefinition` where the object has another member.
  init(_ value: JSONValue, place: String, members: [String]) throws(IngestError) {
    self.value = value
    self.place = place
    if let unknown = value.members?.first(where: { !members.contains($0.name) }) {
      throw .invalidDefinition("\(unknown.name) is not a part of \(place)")
    }
  }

  func flag(_ name: String) throws(IngestError) -> Bool {
    guard let member = value[name] else { return false }
    guard let flag = member.bool else {
      throw .invalidDefinition("\(name) is true or false")
    }
    return flag
  }

  func optionalText(_ name: String) throws(IngestError) -> String? {
    guard let member = value[name] else { return nil }
    guard let text = member.text else { throw .invalidDefinition("\(name) is a text") }
    return text
  }

  func optionalTexts(_ name: String) throws(IngestError) -> [String]? {
    guard let member = value[name] else { return nil }
    let texts = (member.elements ?? []).compactMap(\.text)
    guard let elements = member.elements, texts.count == elements.count else {
      throw .invalidDefinition("\(name) is a list of texts")
    }
    return texts
  }

  func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String
  ) throws(IngestError) -> Choice? where Choice.RawValue == String {
    guard let text = try optionalText(name) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw .invalidDefinition("\(name) is one of \(known)")
    }
    return choice
  }

  /// The header names that the member `listing` gives.
  func field(_ listing: String) throws(IngestError) -> InputDefinition.Field {
    let names = try? optionalTexts(listing)
    guard let names, !names.isEmpty else {
      throw .invalidDefinition("\(place) has no list of names called \(listing)")
    }
    return InputDefinition.Field(names: names.map { HeaderName.normalized(ByteString($0)) })
  }

  private func role(_ name: String, _ members: [String]) throws(IngestError) -> DefinitionReader {
    try DefinitionReader(value[name] ?? .null, place: name, members: members)
  }

  func header() throws(IngestError) -> InputDefinition.Header {
    guard value["header"] != nil else { return .inFile }
    guard let names = try optionalTexts("header"), !names.isEmpty else {
      throw .invalidDefinition("header is a list of names, for files that have none themselves")
    }
    return .given(names.map { ByteString($0) })
  }

  func place(_ name: String) throws(IngestError) -> InputDefinition.PlaceRole {
    let role = try role(name, ["point", "x", "y"])
    guard role.value["x"] != nil || role.value["y"] != nil else {
      return .point(try role.field("point"))
    }
    guard role.value["point"] == nil else {
      throw .invalidDefinition("\(name) is either a point or x and y")
    }
    return .axes(x: try role.field("x"), y: try role.field("y"))
  }

  func textRole(_ name: String) throws(IngestError) -> InputDefinition.TextRole {
    let role = try role(name, ["columns", "otherwise", "constant", "file_name"])
    if let text = try role.optionalText("constant") { return .constant(ByteString(text)) }
    if let text = try role.optionalText("file_name") {
      guard let pattern = FileNamePattern(text) else {
        throw .invalidDefinition("file_name of \(name) is a pattern that has {} in it once")
      }
      return .fileName(pattern)
    }
    let otherwise = try role.optionalText("otherwise").map { ByteString($0) }
    return .column(try role.field("columns"), otherwise: otherwise)
  }

  func region(
    _ readFile: (String) throws(IngestError) -> [UInt8]
  ) throws(IngestError) -> InputDefinition.RegionRole {
    guard let areas = value["region"]?["areas"] else { return .text(try textRole("region")) }
    let role = try role("region", ["areas", "outside"])
    let outside = try role.optionalText("outside").map { ByteString($0) }
    if areas.elements != nil { return .areas(try RegionAreas(listed: areas, outside: outside)) }
    guard let path = areas.text else {
      throw .invalidDefinition("areas of region are the path of a file, or a list of boxes")
    }
    return .areas(try RegionAreas(file: try readFile(path), outside: outside))
  }

  func time(_ name: String) throws(IngestError) -> TimeRole {
    let role = try role(name, ["columns", "layouts", "zone", "gap", "overlap"])
    guard let zone = (try role.optionalText("zone")).flatMap({ ZoneName($0) }) else {
      throw .invalidDefinition(
        "time has the zone whose clock it is read by: UTC, Europe/Prague, or lake for the lake's")
    }
    var time = TimeRole(field: try role.field("columns"))
    time.clock = zone.text == "lake" ? .lake : .zone(zone)
    time.layouts = try role.layouts() ?? [.iso]
    time.gap = try role.choice("gap") ?? .forward
    time.overlap = try role.choice("overlap") ?? .first
    return time
  }

  func layouts() throws(IngestError) -> [TimeLayout]? {
    guard let texts = try optionalTexts("layouts") else { return nil }
    let layouts = texts.compactMap { TimeLayout($0) }
    guard !layouts.isEmpty, layouts.count == texts.count else {
      throw .invalidDefinition(
        "layouts are like YYYY-MM-DD hh:mm:ss or M/D/YYYY h:mm, or iso, epoch_s, epoch_ms")
    }
    return layouts
  }

  /// The extra columns, that of the end time first.
  func extras(time: TimeRole) throws(IngestError) -> [ExtraRole] {
    var extras: [ExtraRole] = []
    if value["end_time"] != nil {
      let role = try role("end_time", ["columns", "layouts"])
      extras.append(
        ExtraRole(
          name: InputDefinition.endTime, type: .timestamp, field: try role.field("columns"),
          layouts: try role.layouts() ?? time.layouts))
    }
    guard let list = value["extras"] else { return extras }
    guard let elements = list.elements else { throw .invalidDefinition("extras is a list") }
    for element in elements {
      extras.append(
        try DefinitionReader(
          element, place: "an extra", members: ["name", "columns", "type", "layouts"]
        ).extra(time: time))
    }
    return extras
  }

  private func extra(time: TimeRole) throws(IngestError) -> ExtraRole {
    guard let name = try optionalText("name"), !name.isEmpty else {
      throw .invalidDefinition("an extra has no name")
    }
    let types: [String: ColumnType] = [
      "int64": .int64, "float64": .float64, "bool": .bool, "text": .text, "timestamp": .timestamp,
    ]
    guard let type = types[try optionalText("type") ?? "text"] else {
      throw .invalidDefinition(
        "the type of \(name) is one of int64, float64, bool, text, timestamp")
    }
    let field =
      value["columns"] == nil
      ? InputDefinition.Field(names: [HeaderName.normalized(ByteString(name))])
      : try field("columns")
    return ExtraRole(
      name: ByteString(name), type: type, field: field,
      layouts: try layouts() ?? (type == .timestamp ? time.layouts : [.iso]))
  }
}
