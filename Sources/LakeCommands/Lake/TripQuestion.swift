internal import LakeBytes
internal import LakeQuery
internal import LakeStore
internal import TripModel

/// Which trips a command is about: the filter options, checked.
struct TripQuestion {
  /// Without `--from` and `--to`, which mean different things to the commands.
  var filter: TripFilter
  let place: BoxPlace
  let bounds: TimeBounds
  /// What was asked, as JSON repeats it.
  var members: [JSONMember]

  /// - Parameter areasAreRows: Whether `--area` chooses rows instead of trips.
  init(
    _ raw: RawOptions, _ reader: LakeReader, areasAreRows: Bool = false
  ) throws {
    filter = TripFilter()
    members = []
    place = try raw.choice("at", BoxPlace.self) ?? .origin
    bounds = try TimeBounds(raw)
    if raw.has("region") { filter.regions = addNames(raw, "region") }
    if raw.has("source") { filter.sources = addNames(raw, "source") }
    try addWeekHours(raw)
    try addComparisons(raw, reader)
    if let box = try raw.boundingBox("bbox") { add(box) }
    if !areasAreRows, raw.has("area") {
      for area in try AreaChoice.areas(raw, reader) { add(area) }
    }
    try addRoutes(raw, reader)
    if raw.has("at") {
      guard areasAreRows || !filter.boxes.isEmpty else {
        throw UsageErrors.contradiction(
          "--at says which end of a trip lies in a box, and there is no box",
          help: "add --bbox=W,S,E,N or --area NAME")
      }
    }
    if areasAreRows || !filter.boxes.isEmpty {
      members.append(JSONMember("at", .string(place.rawValue)))
    }
    members += bounds.members
  }

  private mutating func addNames(_ raw: RawOptions, _ option: String) -> [ByteString] {
    let names = raw.values(option)
    members.append(JSONMember(option, .array(names.map { .string($0) })))
    return names.map { ByteString($0) }
  }

  private mutating func addRoutes(_ raw: RawOptions, _ reader: LakeReader) throws {
    guard raw.has("route") || raw.values("group-by").contains(where: Self.namesRoute) else {
      return
    }
    let models = try RouteChoice.models(reader)
    guard raw.has("route") else { return }
    let isNone = raw.values("route").contains("none")
    var numbers: Set<Int> = isNone ? [RouteCondition.none] : []
    for text in raw.values("route") where text != "none" {
      guard let number = DecimalText.parseCount(text), number >= 1 else {
        throw UsageErrors.badValue(
          "route", text, expected: "it is the number of a route, or none; routes list shows them")
      }
      numbers.insert(number)
    }
    filter.route = RouteCondition(numbers: numbers, models: models)
    members.append(
      JSONMember("route", .array(raw.values("route").map { .string($0) })))
  }

  private static func namesRoute(_ value: String) -> Bool {
    value.split(separator: ",").contains("route")
  }

  private mutating func addComparisons(_ raw: RawOptions, _ reader: LakeReader) throws {
    guard raw.has("where") else { return }
    let texts = raw.values("where")
    for text in texts {
      filter.comparisons.append(
        try ColumnComparison(
          text: text, schema: reader.manifest.schema, zone: reader.zone))
    }
    members.append(JSONMember("where", .array(texts.map { .string($0) })))
  }

  private mutating func addWeekHours(_ raw: RawOptions) throws {
    let hours = try raw.numbers("hours", in: WeekHours.hoursOfDay, mayWrap: true)
    let weekdays = try raw.numbers("weekdays", in: WeekHours.weekdays, mayWrap: false)
    guard hours != nil || weekdays != nil else { return }
    let weekHours = WeekHours(
      hours: hours ?? Set(WeekHours.hoursOfDay), weekdays: weekdays ?? Set(WeekHours.weekdays))
    filter.weekHours = weekHours
    if hours != nil { addNumbers("hours", weekHours.hours) }
    if weekdays != nil { addNumbers("weekdays", weekHours.weekdays) }
  }

  private mutating func addNumbers(_ name: String, _ numbers: [Int]) {
    members.append(JSONMember(name, .array(numbers.map { .integer(Int64($0)) })))
  }

  private mutating func add(_ box: BoundingBox) {
    filter.boxes.append(BoxCondition(box, at: place))
    addMember(of: box)
  }

  private mutating func add(_ area: Area) {
    filter.boxes.append(BoxCondition(area.shape, at: place))
    members.append(JSONMember("area", .string(area.name.displayText)))
    if case .box(let box) = area.shape { addMember(of: box) }
  }

  private mutating func addMember(of box: BoundingBox) {
    guard !members.contains(where: { $0.name == "bbox" }) else { return }
    let edges = [box.west, box.south, box.east, box.north].map { JSONValue.number($0) }
    members.append(JSONMember("bbox", .array(edges)))
  }
}
