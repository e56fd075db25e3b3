internal import LakeBytes
internal import LakeNotify
internal import LakeQuery
internal import LakeStore
internal import TripModel

/// A change of a lake's areas: committed, or only forecast, and told.
struct AreaChange {
  enum Change: String {
    case added
    case replaced
    case removed
  }

  private let raw: RawOptions
  private let environment: CommandEnvironment
  private let lake: Lake

  init(_ raw: RawOptions, _ environment: CommandEnvironment) throws {
    self.raw = raw
    self.environment = environment
    lake = try LakeChoice.open(raw, environment)
  }

  /// - Parameter edit: Is given the areas that there are and says what they shall be.
  func run(_ edit: ([Area]) throws -> [Area]) throws -> ExitCode {
    var before: [Area] = []
    var after: [Area] = []
    let isForecast = raw.has("dry-run")
    let start = SystemDoor.monotonicSeconds
    let outcome: (version: UInt64, isNew: Bool)
    let announcer = isForecast ? nil : WorkAnnouncer(lake, environment)
    do {
      func noted(_ areas: [Area]) throws -> [Area] {
        before = areas
        after = try edit(areas)
        return after
      }
      if isForecast {
        let snapshot = try lake.snapshot()
        _ = try noted(try snapshot.manifest.areas())
        outcome = (snapshot.manifest.version, false)
      } else {
        outcome = try lake.changeAreas(noted)
      }
    } catch {
      throw CommandError(fromCommit: error)
    }
    let changes = Self.changes(from: before, to: after)
    if outcome.isNew {
      announcer?.tell(
        .maintenanceDone(
          task: "areas", snapshot: outcome.version,
          seconds: SystemDoor.monotonicSeconds - start, counts: Self.counts(changes)))
    }
    try write(changes, snapshot: outcome.version, isForecast: isForecast)
    if !raw.has("quiet") {
      environment.say(sentence(changes, after.count, outcome.version, isForecast: isForecast))
    }
    return .done
  }

  /// In the order of the names.
  private static func changes(
    from before: [Area], to after: [Area]
  ) -> [(change: Change, area: Area)] {
    let old = Dictionary(uniqueKeysWithValues: before.map { ($0.name, $0) })
    let names = Set(after.map(\.name))
    let new = after.compactMap { area -> (change: Change, area: Area)? in
      guard let previous = old[area.name] else { return (.added, area) }
      return previous == area ? nil : (.replaced, area)
    }
    let gone = before.filter { !names.contains($0.name) }.map { (change: Change.removed, area: $0) }
    return (new + gone).sorted { $0.area.name < $1.area.name }
  }

  private static func counts(
    _ changes: [(change: Change, area: Area)]
  ) -> [(name: String, count: UInt64)] {
    [Change.added, .replaced, .removed].map { kind in
      (kind.rawValue, UInt64(changes.count { $0.change == kind }))
    }
  }

  private func write(
    _ changes: [(change: Change, area: Area)], snapshot: UInt64, isForecast: Bool
  ) throws {
    let target = try OutputTarget(raw, environment)
    let header = ResultHeader(
      schema: "triplake.area-changes/1", snapshot: snapshot, zoneName: "", zone: .utc,
      filter: [JSONMember("dry_run", .bool(isForecast))],
      columns: [ResultColumn("change")] + ResultColumn.ofAreas)
    var writer = ResultWriter(header, to: target)
    try writer.begin()
    for (change, area) in changes {
      try writer.row([.text(ByteString(change.rawValue))] + Cell.cells(area))
    }
    try writer.end(stats: .null)
    try target.finish()
  }

  private func sentence(
    _ changes: [(change: Change, area: Area)], _ count: Int, _ snapshot: UInt64, isForecast: Bool
  ) -> String {
    let parts = Self.counts(changes).filter { $0.count > 0 }.map { "\($0.count) \($0.name)" }
    let areas = Plural.count(count, "area")
    guard !parts.isEmpty else { return "nothing was changed: the lake has \(areas)" }
    let what = parts.joined(separator: ", ")
    return isForecast
      ? "would be \(what); then the lake had \(areas)"
      : "snapshot \(snapshot): \(what); the lake has \(areas)"
  }
}

extension [Area] {
  /// These and others.
  ///
  /// - Parameter replaces: Whether an area of a name that is there takes its place.
  /// - Throws: `CommandError` 5008 where it must not, and is another one.
  func adding(_ others: [Area], replaces: Bool) throws -> [Area] {
    var areas = Dictionary(uniqueKeysWithValues: map { ($0.name, $0) })
    for area in others {
      if !replaces, let previous = areas[area.name], previous != area {
        var error = CommandError(
          5008, .usage, "there is another area \"\(area.name.displayText)\" already")
        error.help = ["--replace puts the new one in its place"]
        throw error
      }
      areas[area.name] = area
    }
    return areas.values.sorted { $0.name < $1.name }
  }
}

extension ResultColumn {
  /// Of an area: the box is all of it, or holds all of its polygons.
  static let ofAreas =
    [ResultColumn("area"), ResultColumn("shape")]
    + ["west", "south", "east", "north", "points"].map { ResultColumn($0, isNumeric: true) }
}

extension Cell {
  /// One for each of `ResultColumn.ofAreas`.
  static func cells(_ area: Area) -> [Cell] {
    let box = area.box
    let polygons = area.shape.polygons
    let pointCount = polygons.flatMap(\.rings).reduce(0) { $0 + $1.count }
    return [
      .text(area.name), .text(polygons.isEmpty ? "box" : "polygons"), .number(box.west),
      .number(box.south), .number(box.east), .number(box.north),
      polygons.isEmpty ? .empty : .integer(pointCount),
    ]
  }
}
