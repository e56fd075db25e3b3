internal import LakeBytes
internal import TripModel

/// One line of the delivery log. Format: `formats/events/v1.md`, "Deliveries".
package struct DeliveryRecord: Hashable, Sendable {
  package enum Result: String, Hashable, Sendable {
    /// The channel is new: nothing up to `after` is for it.
    case begun
    case delivered
    /// It will be tried again.
    case failed
    /// It is too old to be tried again.
    case abandoned
    /// Nothing up to `after` is for the channel.
    case passed
  }

  /// Microseconds since 1970-01-01 UTC.
  package var time: Int64
  package let channel: String
  package let result: Result
  /// Events up to this one are settled for the channel; `nil` for none.
  package var after: EventID?
  /// The event that was tried.
  package var event: EventID?
  package var typeName: String?
  /// How often that event was tried by now.
  package var attempt = 0
  /// What the server answered.
  package var status: Int?
  package var error: String?
  package var seconds: Double?

  init(_ channel: String, _ result: Result, time: Int64, after: EventID?) {
    self.channel = channel
    self.result = result
    self.time = time
    self.after = after
  }

  var line: [UInt8] {
    var writer = JSONWriter(.compact)
    writer.value(
      .object([
        JSONMember("time", .string(TimestampText.rfc3339(microseconds: time / 1000 * 1000))),
        JSONMember("channel", .string(channel)),
        JSONMember("result", .string(result.rawValue)),
        JSONMember("after", .text(after?.text)),
        JSONMember("event", .text(event?.text)),
        JSONMember("type", .text(typeName)),
        JSONMember("attempt", .count(attempt)),
        JSONMember("status", .count(status)),
        JSONMember("error", .text(error)),
        JSONMember("seconds", .thousandths(seconds)),
      ]))
    return writer.bytes
  }

  /// - Returns: `nil` for a line that is not a record, as a torn one.
  init?(line: [UInt8]) {
    guard let value = try? JSONParser.parse(line), let channel = value["channel"]?.text,
      let result = value["result"]?.text.flatMap(Result.init(rawValue:)),
      let time = value["time"]?.text.flatMap(Self.microseconds)
    else { return nil }
    self.init(
      channel, result, time: time,
      after: value["after"]?.text.flatMap { EventID(text: $0) })
    event = value["event"]?.text.flatMap { EventID(text: $0) }
    typeName = value["type"]?.text
    attempt = Int(value["attempt"]?.integer ?? 0)
    status = value["status"]?.integer.map { Int($0) }
    error = value["error"]?.text
    seconds = value["seconds"]?.number
  }

  private static func microseconds(_ text: String) -> Int64? {
    TimestampText.parse(Array(text.utf8).span)?.instant(in: .utc).microseconds
  }
}
