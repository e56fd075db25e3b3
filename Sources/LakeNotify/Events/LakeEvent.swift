package import LakeBytes
internal import TripModel

/// One event as it stands in the log. What the members mean: `formats/events/v1.md`.
package struct LakeEvent: Hashable, Sendable {
  package let id: EventID
  /// The name of its type; one that this program does not know is kept.
  package let typeName: String
  /// RFC 3339.
  package let time: String
  /// The lake's id in hexadecimal.
  package let lake: String
  package let load: UInt64?
  package let data: JSONValue

  package var type: EventType? { EventType(rawValue: typeName) }

  /// The event as one line of JSON, without a line end.
  package var line: [UInt8] {
    var writer = JSONWriter(.compact)
    writer.beginObject()
    writer.member("id", id.text)
    writer.member("type", typeName)
    writer.member("time", time)
    writer.member("lake", lake)
    writer.name("load")
    writer.value(.count(load))
    writer.name("data")
    writer.value(data)
    writer.endObject()
    return writer.bytes
  }

  /// - Returns: `nil` for a line that is not an event, as a torn one.
  package init?(line: [UInt8]) {
    guard let value = try? JSONParser.parse(line),
      let id = value["id"]?.text.flatMap({ EventID(text: $0) }),
      let typeName = value["type"]?.text, let time = value["time"]?.text,
      let lake = value["lake"]?.text, let data = value["data"], data.members != nil
    else { return nil }
    self.id = id
    self.typeName = typeName
    self.time = time
    self.lake = lake
    load = value["load"]?.integer.flatMap { UInt64(exactly: $0) }
    self.data = data
  }

  init(_ draft: EventDraft, id: EventID, microseconds: Int64, lake: String) {
    self.id = id
    typeName = draft.type.rawValue
    time = TimestampText.rfc3339(microseconds: microseconds / 1000 * 1000)
    self.lake = lake
    load = draft.load
    data = draft.isRun ? draft.data.naming(run: id) : draft.data
  }
}

/// An event that has no id yet.
package struct EventDraft: Hashable, Sendable {
  package let type: EventType
  package let load: UInt64?
  /// An object.
  package let data: JSONValue
  /// Whether the event begins a run, whose name is the event's id.
  let isRun: Bool

  init(_ type: EventType, load: UInt64? = nil, data: [JSONMember], isRun: Bool = false) {
    self.type = type
    self.load = load
    self.data = .object(data)
    self.isRun = isRun
  }

  /// - Parameter data: An object.
  init(_ type: EventType, load: UInt64? = nil, data: JSONValue) {
    self.type = type
    self.load = load
    self.data = data
    isRun = false
  }
}

extension JSONValue {
  /// A number that is never negative; `null` where there is none.
  static func count(_ number: (some BinaryInteger)?) -> JSONValue {
    number.map { .integer(Int64(clamping: $0)) } ?? .null
  }

  /// A text, or `null`.
  static func text(_ text: String?) -> JSONValue {
    text.map { .string($0) } ?? .null
  }

  /// A number rounded to thousandths, or `null`.
  static func thousandths(_ number: Double?) -> JSONValue {
    number.map { .number(($0 * 1000).rounded() / 1000) } ?? .null
  }

  /// The object with the run's name put first.
  func naming(run: EventID?) -> JSONValue {
    .object([JSONMember("run", .text(run?.text))] + (members ?? []))
  }
}
