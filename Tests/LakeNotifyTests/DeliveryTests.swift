import LakeBytes
import LakeStore
import LakeTestSupport
import Testing

@testable import LakeNotify

/// What is kept of deliveries. That something arrives is tested with real servers in `Tests/notify`.
@Suite struct DeliveryTests {
  private let lake: NotifyLake
  /// Microseconds; moved by the tests.
  private let now = Monitor(Int64(1_800_000_000_000_000))

  init() throws {
    lake = try NotifyLake()
  }

  private var log: EventLog {
    EventLog(lake.lake, clock: { [now] in now.withLock { $0 } })
  }

  /// A channel that fails at once: its secret is missing.
  private func delivery(_ names: [String] = ["a"], types: [String] = ["*"]) -> Delivery {
    let channels = names.map { name in
      NotifyChannel(
        name: name, types: types, timeoutSeconds: 1,
        way: .webhook(
          Webhook(url: "http://127.0.0.1:9/", secret: .variable("NONE"), certificateFile: nil)))
    }
    let postman = Postman(lake.lake, secrets: .init(variable: { _ in nil }, file: { _ in nil }))
    return Delivery(log, NotifySettings(channels: channels), postman)
  }

  @discardableResult
  private func append(_ count: Int = 1) throws -> [LakeEvent] {
    try log.append(
      (0..<count).map { _ in
        .maintenanceDone(task: "gc", snapshot: 1, seconds: 0, counts: [])
      })
  }

  private func move(seconds: Int64) {
    now.withLock { $0 += seconds * 1_000_000 }
  }

  private func records() -> [DeliveryRecord] {
    lake.text("events/deliveries/00000001.ndjson").split(separator: "\n").compactMap {
      DeliveryRecord(line: Array($0.utf8))
    }
  }

  @Test func aNewChannelIsToldOfWhatComes() throws {
    let old = try append(3)
    try delivery().begin()
    #expect(records().map(\.result) == [.begun])
    #expect(records()[0].after == old.last?.id)
    #expect(try delivery().states()[0].waitingCount == 0)
    try append(2)
    #expect(try delivery(["a", "b"]).states().map(\.waitingCount) == [2, 0])
    try delivery(["a", "b"]).begin()
    #expect(records().map(\.channel) == ["a", "b"])
  }

  @Test func aFailureIsTriedAgainLaterAndLater() throws {
    try delivery().begin()
    let first = try append(2)[0]
    var waits: [Int64] = []
    for attempt in 1...9 {
      let result = try #require(try delivery().deliver()?.first)
      let due = try #require(result.dueTime)
      #expect(result.failure?.code == .missingSecret && result.deliveredCount == 0)
      let last = try #require(records().last)
      #expect(last.result == .failed && last.event == first.id && last.attempt == attempt)
      waits.append((due - now.withLock { $0 }) / 1_000_000)
      // Too early, nothing is tried.
      #expect(try delivery().deliver()?.first?.failure == nil)
      #expect(records().count == attempt + 1)
      move(seconds: waits.last ?? 0)
    }
    #expect(waits == [5, 30, 300, 1800, 7200, 18_000, 36_000, 36_000, 36_000])
    #expect(try delivery().states()[0].waitingCount == 2)
  }

  @Test func whatIsAskedForIsTriedAtOnce() throws {
    try delivery().begin()
    try append()
    for attempt in 1...3 {
      #expect(try delivery().deliver(ignoringBackoff: true)?.first?.failure != nil)
      #expect(records().last?.attempt == attempt)
    }
  }

  @Test func eventsThatAreTooOldAreGivenUpWithOneAttempt() throws {
    try delivery().begin()
    let old = try append(3)
    move(seconds: 3 * 86_400 + 10)
    let fresh = try append()
    let result = try #require(try delivery().deliver()?.first)
    #expect(result.abandonedCount == 3)
    #expect(records().map(\.result) == [.begun, .abandoned, .abandoned, .abandoned, .failed])
    #expect(records().dropFirst().map(\.event) == (old + fresh).map(\.id))
    #expect(records().last?.after == old.last?.id)
  }

  @Test func manyEventsForOthersAreLookedAtOnce() throws {
    let narrow = delivery(types: ["load.failed"])
    try narrow.begin()
    let events = try append(1200)
    #expect(try narrow.deliver()?.first?.failure == nil)
    #expect(records().map(\.result) == [.begun, .passed])
    #expect(records().last?.after == events.last?.id)
    #expect(try narrow.deliver()?.first?.failure == nil)
    #expect(records().count == 2)
  }

  @Test func oneProcessDeliversAtATime() throws {
    try delivery().begin()
    let lock = try #require(try lake.lake.lock(.deliveries, .exclusive))
    #expect(try delivery().deliver() == nil)
    try append()
    withExtendedLifetime(lock) {}
  }

  @Test func aTornLineIsPassedOver() throws {
    try delivery().begin()
    try append()
    _ = try delivery().deliver()
    let path = "events/deliveries/00000001.ndjson"
    lake.write(path, lake.bytes(path) + Array(#"{"time":"2027-01-15T0"#.utf8))
    #expect(try delivery().states()[0].last?.attempt == 1)
    #expect(try delivery().deliver(ignoringBackoff: true)?.first?.failure != nil)
    #expect(try delivery().states()[0].last?.attempt == 2)
  }

  @Test func aRecordComesBackAsItWasWritten() throws {
    var record = DeliveryRecord("a b", .failed, time: 1_800_000_000_123_000, after: nil)
    record.event = try append()[0].id
    record.typeName = "load.failed"
    record.attempt = 3
    record.status = 503
    record.error = "no\n\"answer\""
    record.seconds = 0.25
    #expect(DeliveryRecord(line: record.line) == record)
  }

  @Test func aCourierEndsThoughNobodyAnswers() throws {
    let settings = NotifySettings(channels: [
      NotifyChannel(
        name: "a", types: ["*"], timeoutSeconds: 1,
        way: .webhook(Webhook(url: "http://x/", secret: .variable("NO"), certificateFile: nil)))
    ])
    let postman = Postman(lake.lake, secrets: .init(variable: { _ in nil }, file: { _ in nil }))
    let warnings = Monitor([String]())
    let courier = Courier(Delivery(log, settings, postman), settings) { channel, error in
      warnings.withLock { $0.append("\(channel): \(error.label)") }
    }
    courier.start()
    let publisher = EventPublisher(log, listeners: [{ courier.note($0) }])
    for _ in 0..<3 {
      publisher.publish(.maintenanceDone(task: "gc", snapshot: 1, seconds: 0, counts: []))
    }
    courier.finish()
    #expect(warnings.withLock { $0 } == ["a: TL-8003"])
    #expect(records().map(\.result) == [.begun, .failed])
  }
}
