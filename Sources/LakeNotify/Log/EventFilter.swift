/// Which events are wanted.
package struct EventFilter: Hashable, Sendable {
  /// Names of types; `load.*` stands for all that begin so. Empty for every type.
  package var types: [String] = []
  package var load: UInt64?

  package init(types: [String] = [], load: UInt64? = nil) {
    self.types = types
    self.load = load
  }

  package func accepts(_ event: LakeEvent) -> Bool {
    if let load, event.load != load { return false }
    return types.isEmpty || types.contains { Self.matches($0, event.typeName) }
  }

  /// Whether a type is one that is known, or a beginning of some.
  package static func isKnown(_ pattern: String) -> Bool {
    EventType.allCases.contains { matches(pattern, $0.rawValue) }
  }

  private static func matches(_ pattern: String, _ name: String) -> Bool {
    guard pattern.hasSuffix("*") else { return pattern == name }
    return name.hasPrefix(pattern.dropLast())
  }
}
