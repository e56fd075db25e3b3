internal import LakeStore

/// What was delivered to whom: `LAKE/events/deliveries`. The last record of a channel says where it stands.
struct DeliveryLog {
  private let journal: LineJournal

  init(_ log: EventLog) {
    journal = LineJournal(log.lake, .deliveries)
  }

  func append(_ record: DeliveryRecord) throws(StoreError) {
    try journal.append { _ in [record.line] }
  }

  /// The last record of each of the channels that has one.
  func last(of channels: [NotifyChannel]) throws(StoreError) -> [String: DeliveryRecord] {
    var lines = try journal.backwardLines()
    return try Self.last(of: channels, &lines)
  }

  /// Lets channels that have no record begin behind the newest event.
  func begin(_ channels: [NotifyChannel], _ log: EventLog) throws(StoreError) {
    guard try last(of: channels).count < channels.count else { return }
    let newest = try log.lastEvent()?.id
    let now = log.clock()
    try journal.append { (lines) throws(StoreError) in
      let known = try Self.last(of: channels, &lines)
      return channels.filter { known[$0.name] == nil }.map { channel in
        DeliveryRecord(channel.name, .begun, time: now, after: newest).line
      }
    }
  }

  private static func last(
    of channels: [NotifyChannel], _ lines: inout BackwardLines
  ) throws(StoreError) -> [String: DeliveryRecord] {
    let names = Set(channels.map(\.name))
    var found: [String: DeliveryRecord] = [:]
    while found.count < names.count, let line = try lines.next() {
      guard let record = DeliveryRecord(line: line), names.contains(record.channel),
        found[record.channel] == nil
      else { continue }
      found[record.channel] = record
    }
    return found
  }
}

/// When a failed delivery is tried again.
enum Backoff {
  /// After the first failure, the second, and so on; the last for all that follow.
  static let seconds: [Int64] = [5, 30, 300, 1800, 7200, 18_000, 36_000]
  /// An event older than this is not tried again.
  static let eventAgeLimitMilliseconds: UInt64 = 3 * 86_400_000

  /// Microseconds since 1970 from which the event of a failed record is tried again.
  static func dueTime(_ record: DeliveryRecord) -> Int64 {
    let index = min(max(record.attempt, 1), seconds.count) - 1
    return record.time + seconds[index] * 1_000_000
  }
}
