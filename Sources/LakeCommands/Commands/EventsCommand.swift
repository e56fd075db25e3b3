internal import LakeBytes
internal import LakeNotify
internal import LakeStore
internal import TripModel

/// `triplake events`: what happened to a lake, and what happens.
struct EventsCommand {
  private let raw: RawOptions
  private let environment: CommandEnvironment
  private let filter: EventFilter
  private let since: EventID?
  private let last: Int?
  private let follows: Bool

  init(_ raw: RawOptions, _ environment: CommandEnvironment) throws {
    self.raw = raw
    self.environment = environment
    follows = raw.has("follow")
    last = try raw.positiveCount("last")
    since = try Self.since(raw)
    filter = EventFilter(types: try Self.types(raw), load: try Self.load(raw))
    if since != nil && last != nil {
      throw UsageErrors.contradiction("--since and --last both say where to begin")
    }
  }

  func run() throws -> ExitCode {
    let lake = try LakeChoice.open(raw, environment)
    let log = EventLog(lake)
    let target = try OutputTarget(raw, environment)
    if follows {
      guard target.format != .json else {
        throw UsageErrors.contradiction(
          "--follow has no end, and JSON is one object",
          help: "--format ndjson is one object a line")
      }
      Interruption.deferToCommand()
      return try follow(log, target)
    }
    var writer = EventWriter(target, isFollowing: false, lake: log.lakeName)
    try writer.begin()
    try writeStored(log, &writer)
    try writer.end()
    try target.finish()
    return .done
  }

  /// Writes the events that are there.
  private func writeStored(_ log: EventLog, _ writer: inout EventWriter) throws {
    if let last {
      for event in try newest(last, log) { try writer.write(event) }
      return
    }
    var reader = try EventReader(log, since: since)
    while case let events = try reader.next(), !events.isEmpty {
      for event in events where filter.accepts(event) { try writer.write(event) }
    }
    if reader.damagedLineCount > 0, !raw.has("quiet") {
      environment.say(
        "\(Plural.count(reader.damagedLineCount, "torn line")) passed over, as a kill or a power cut leaves them"
      )
    }
  }

  /// The last events, the oldest first.
  private func newest(_ count: Int, _ log: EventLog) throws -> [LakeEvent] {
    var lines = try log.journal.backwardLines()
    var events: [LakeEvent] = []
    while events.count < count, let line = try lines.next() {
      if let event = LakeEvent(line: line), filter.accepts(event) { events.append(event) }
    }
    return events.reversed()
  }

  private func follow(_ log: EventLog, _ target: OutputTarget) throws -> ExitCode {
    var writer = EventWriter(target, isFollowing: true, lake: log.lakeName)
    try writer.begin()
    var start = since
    if since == nil {
      let stored = try last.map { try newest($0, log) } ?? []
      for event in stored { try writer.write(event) }
      start = try stored.last?.id ?? log.lastEvent()?.id
    }
    try target.output.flush()
    let output: Int32 = raw.value("output") == nil ? 1 : -1
    var follower = try EventFollower(log, since: start)
    while let events = try follower.next(signals: Interruption.descriptor, output: output) {
      for event in events where filter.accepts(event) { try writer.write(event) }
      try target.output.flush()
    }
    try target.finish()
    return Interruption.isRequested ? Interruption.exitCode : .done
  }
}

extension EventsCommand {
  private static func since(_ raw: RawOptions) throws -> EventID? {
    guard let text = raw.value("since") else { return nil }
    guard let id = EventID(text: text) else {
      throw UsageErrors.badValue(
        "since", text, expected: "it is the id of an event, as the first column shows it")
    }
    return id
  }

  private static func types(_ raw: RawOptions) throws -> [String] {
    let types = raw.values("type")
    let known = EventType.allCases.map(\.rawValue)
    for type in types where !EventFilter.isKnown(type) {
      throw UsageErrors.badValue(
        "type", type, expected: "it is one of \(known.joined(separator: ", ")), or load.*",
        known: known)
    }
    return types
  }

  private static func load(_ raw: RawOptions) throws -> UInt64? {
    try raw.positiveCount("load").map { UInt64($0) }
  }

  static let definition = CommandDefinition(
    words: ["events"],
    summary: "what happened to the lake, and what happens",
    description: [
      "The event log: loads as they start, go on and end, undoings, maintenance; one event a row, oldest",
      "first. With --follow it waits for new ones and tells them at once, until it is interrupted.",
    ],
    arguments: .none,
    groups: [
      OptionGroup(
        "Which events",
        [
          OptionDefinition("follow", short: "f", "tell new events as they happen"),
          OptionDefinition(
            "since", value: .required("ID"),
            "only events behind this one; with --follow no event is missed after a break"),
          OptionDefinition(
            "last", value: .required("N"), "only the newest N, and with --follow those to come"),
          OptionDefinition(
            "type", value: .required("TYPE"), isRepeatable: true,
            "only this type: load.committed, load.failed, load.*; may be repeated"),
          OptionDefinition("load", value: .required("N"), "only events of this load"),
        ]),
      OptionGroup("Result", [CommonOptions.lake, CommonOptions.format, CommonOptions.output]),
    ],
    examples: [
      .init(line: "triplake events --last 20", meaning: "what happened lately"),
      .init(
        line: "triplake events --follow --type 'load.*' --format ndjson",
        meaning: "one JSON object a line for a program, pushed"),
      .init(
        line: "triplake events --follow --since 019ab6f2-9c01-7000-8a3e-0123456789ab",
        meaning: "go on behind the event seen last"),
    ],
    run: { raw, environment in try EventsCommand(raw, environment).run() })
}
