package import TripModel

extension TimeZoneRules {
  /// A zone file of version 2 without transitions, whose rule, such as `CET-1CEST,M3.5.0,M10.5.0/3`, holds for all time.
  package static func file(rule: String) -> [UInt8] {
    utcFile.dropLast("UTC0\n".utf8.count) + Array("\(rule)\n".utf8)
  }

  package init(rule: String) throws {
    try self.init(tzif: Self.file(rule: rule))
  }
}
