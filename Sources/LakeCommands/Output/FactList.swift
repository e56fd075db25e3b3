internal import TripModel

/// One fact a line, for people.
enum FactList {
  static func write(
    _ facts: [(name: String, value: Cell)], zone: TimeZoneRules, to target: OutputTarget
  ) throws {
    let width = facts.map(\.name.utf8.count).max() ?? 0
    for fact in facts {
      let space = String(repeating: " ", count: width - fact.name.utf8.count)
      try target.output.write("\(fact.name)\(space)  \(fact.value.displayText(zone: zone))\n")
    }
  }
}
