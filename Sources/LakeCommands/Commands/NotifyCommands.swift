internal import LakeBytes
internal import LakeNotify
internal import LakeQuery
internal import LakeStore
internal import TripModel

/// `triplake notify list`: who is told, and where each stands.
enum NotifyListCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let lake = try LakeChoice.open(raw, environment)
    let channels = try NotifyChannels(EventLog(lake), environment)
    let target = try OutputTarget(raw, environment)
    let columns = [
      ResultColumn("channel"), ResultColumn("kind"), ResultColumn("target"), ResultColumn("types"),
      ResultColumn("waiting", isNumeric: true), ResultColumn("last"), ResultColumn("last_time"),
      ResultColumn("attempt", isNumeric: true), ResultColumn("next_time"), ResultColumn("error"),
    ]
    var writer = ResultWriter(.notify("list", lake, columns), to: target)
    try writer.begin()
    for state in try channels.delivery.states() { try writer.row(cells(state)) }
    try writer.end(stats: .null)
    try target.finish()
    if channels.settings.channels.isEmpty, !raw.has("quiet") {
      environment.say(
        "nobody is told: \(ByteString(lake.path).displayText)/\(LakePath.notifySettings.text) says who is to be"
      )
    }
    return .done
  }

  private static func cells(_ state: Delivery.ChannelState) -> [Cell] {
    let channel = state.channel
    let last = state.last
    return [
      .text(ByteString(channel.name)), .text(ByteString(channel.kind)),
      .text(ByteString(channel.target)),
      .text(ByteString(channel.types.joined(separator: " "))), .integer(state.waitingCount),
      last.map { .text(ByteString($0.result.rawValue)) } ?? .empty,
      last.map { .timestamp($0.time) } ?? .empty,
      last.map { .integer($0.attempt) } ?? .empty,
      state.dueTime.map { .timestamp($0) } ?? .empty,
      last?.error.map { .text(ByteString($0)) } ?? .empty,
    ]
  }

  static let definition = CommandDefinition(
    words: ["notify", "list"],
    summary: "who is told of events, and what waits for them",
    description: [
      "The webhooks and mail readers of the lake's notify.json: the events that wait for each, what became",
      "of the last one, and when a failed one is tried again.",
    ],
    arguments: .none,
    groups: [
      OptionGroup("Result", [CommonOptions.lake, CommonOptions.format, CommonOptions.output])
    ],
    examples: [
      .init(line: "triplake notify list", meaning: "all channels of the lake found from here"),
      .init(line: "triplake notify list --format json", meaning: "for a program"),
      .init(line: "triplake notify list --lake city", meaning: "of another lake"),
    ],
    run: { raw, environment in try run(raw, environment) })
}

/// `triplake notify test`: whether the channels work.
enum NotifyTestCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let lake = try LakeChoice.open(raw, environment)
    let log = EventLog(lake)
    let channels = try NotifyChannels(log, environment)
    let wanted = try choose(raw.arguments.first, channels.settings.channels, lake)
    let target = try OutputTarget(raw, environment)
    let columns = [
      ResultColumn("channel"), ResultColumn("result"), ResultColumn("status", isNumeric: true),
      ResultColumn("error"),
    ]
    var writer = ResultWriter(.notify("test", lake, columns), to: target)
    try writer.begin()
    let event = Postman.testEvent(log)
    var failures: [NotifyError] = []
    for channel in wanted {
      var cells: [Cell] = [.text(ByteString(channel.name))]
      do throws(NotifyError) {
        let status = try channels.postman.deliver(event, to: channel)
        cells += [.text("delivered"), .integer(status), .empty]
      } catch {
        failures.append(error)
        cells += [
          .text("failed"), error.status.map { .integer($0) } ?? .empty,
          .text(ByteString("\(error.label): \(error.message)")),
        ]
      }
      try writer.row(cells)
    }
    try writer.end(stats: .null)
    try target.finish()
    return failures.isEmpty ? .done : .nothingFound
  }

  /// - Throws: `CommandError` 8006 for a channel that is not there, 8002 where there are none.
  private static func choose(
    _ name: String?, _ channels: [NotifyChannel], _ lake: Lake
  ) throws -> [NotifyChannel] {
    guard !channels.isEmpty else {
      var error = CommandError(8002, .settings, "nobody is to be told")
      error.place = .init(path: "\(lake.path)/\(LakePath.notifySettings.text)")
      error.help = ["write it as formats/events/settings.md shows"]
      throw error
    }
    guard let name else { return channels }
    let wanted = channels.filter { $0.name == name }
    guard wanted.isEmpty else { return wanted }
    var error = CommandError(
      8006, .usage, "there is no channel \"\(ByteString(name).displayText)\"")
    let near = NearestNames.suggestions(
      for: ByteString(name), among: channels.map { ByteString($0.name) })
    error.help = CommandError.suggestion(near).map { [$0] } ?? []
    error.help.append("there are \(channels.map(\.name).joined(separator: ", "))")
    throw error
  }

  static let definition = CommandDefinition(
    words: ["notify", "test"],
    summary: "send a test event to the channels",
    description: [
      "Sends maintenance.done with the task test to each channel of notify.json, or to one of them, past",
      "the log. Exits with 1 where one of them did not take it.",
    ],
    arguments: .atMostOne("CHANNEL"),
    groups: [
      OptionGroup("Result", [CommonOptions.lake, CommonOptions.format, CommonOptions.output])
    ],
    examples: [
      .init(line: "triplake notify test", meaning: "every channel"),
      .init(line: "triplake notify test operations", meaning: "the channel of that name"),
      .init(line: "triplake notify test --format json", meaning: "for a program"),
    ],
    run: { raw, environment in try run(raw, environment) })
}

/// `triplake notify deliver`: tells what waits, now.
enum NotifyDeliverCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let lake = try LakeChoice.open(raw, environment)
    let log = EventLog(lake)
    let channels = try NotifyChannels(log, environment)
    EventsClaim(EventPublisher(log, didFail: environment.warnOfLog)).release()
    guard let results = try channels.delivery.deliver(ignoringBackoff: true) else {
      if !raw.has("quiet") { environment.say("another process is delivering; nothing to do here") }
      return .done
    }
    let target = try OutputTarget(raw, environment)
    let columns = [
      ResultColumn("channel"), ResultColumn("delivered", isNumeric: true),
      ResultColumn("abandoned", isNumeric: true), ResultColumn("next_time"), ResultColumn("error"),
    ]
    var writer = ResultWriter(.notify("deliver", lake, columns), to: target)
    try writer.begin()
    for result in results {
      try writer.row([
        .text(ByteString(result.channel)), .integer(result.deliveredCount),
        .integer(result.abandonedCount), result.dueTime.map { .timestamp($0) } ?? .empty,
        result.failure.map { .text(ByteString("\($0.label): \($0.message)")) } ?? .empty,
      ])
    }
    try writer.end(stats: .null)
    try target.finish()
    return results.allSatisfy { $0.failure == nil } ? .done : .tryAgain
  }

  static let definition = CommandDefinition(
    words: ["notify", "deliver"],
    summary: "deliver the events that wait, now",
    description: [
      "Tells every channel what waits for it, also what failed a moment ago. Loads and watch do this too;",
      "from cron it serves where loads are rare. Exits with 75 where something still waits.",
    ],
    arguments: .none,
    groups: [
      OptionGroup("Result", [CommonOptions.lake, CommonOptions.format, CommonOptions.output])
    ],
    examples: [
      .init(line: "triplake notify deliver", meaning: "all that waits"),
      .init(line: "triplake notify deliver --quiet -o /dev/null", meaning: "from cron"),
      .init(line: "triplake notify deliver && triplake notify list", meaning: "and what is left"),
    ],
    run: { raw, environment in try run(raw, environment) })
}

extension ResultHeader {
  /// The header of a result about channels; their times are told in UTC.
  fileprivate static func notify(
    _ name: String, _ lake: Lake, _ columns: [ResultColumn]
  ) -> ResultHeader {
    ResultHeader(
      schema: "triplake.notify.\(name)/1", snapshot: 0, zoneName: "UTC", zone: .utc,
      filter: [JSONMember("lake", .string(lake.path))], columns: columns)
  }
}
