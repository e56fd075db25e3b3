import Glibc
import LakeBytes
import LakeStore
import LakeTestSupport
import Testing

@testable import LakeNotify

@Suite struct EventLogTests {
  private let lake: NotifyLake

  init() throws {
    lake = try NotifyLake()
  }

  private func draft(_ number: Int) -> EventDraft {
    .maintenanceDone(
      task: "gc", snapshot: UInt64(number), seconds: 0.5, counts: [("removed", UInt64(number))])
  }

  @Test func anEventIsOneLineOfTheSchema() throws {
    let log = EventLog(lake.lake, clock: { 1_543_449_600_123_456 })
    let event = try #require(try log.append([draft(7)]).first)
    let line = String(decoding: event.line, as: UTF8.self)
    #expect(
      line
        == #"{"id":"\#(event.id.text)","type":"maintenance.done","time":"2018-11-29T00:00:00.123Z","#
        + #""lake":"\#(log.lakeName)","load":null,"data":{"task":"gc","snapshot":7,"seconds":0.5,"#
        + #""counts":{"removed":7}}}"#)
    #expect(lake.text("events/00000001.ndjson") == line + "\n")
    #expect(LakeEvent(line: event.line) == event)
  }

  @Test func eventsComeBackInOrderAndSinceAnyOfThem() throws {
    let log = EventLog(lake.lake)
    let events = try (1...5).flatMap { try log.append([draft($0), draft($0 * 10)]) }
    #expect(try lake.events() == events)
    #expect(try log.lastEvent() == events.last)
    for (index, event) in events.enumerated() {
      #expect(try lake.events(since: event.id) == Array(events[(index + 1)...]))
    }
  }

  @Test func anEmptyLogIsNoError() throws {
    #expect(try lake.events().isEmpty)
    #expect(try EventLog(lake.lake).lastEvent() == nil)
  }

  /// Every way in which a line can be torn: cut at each byte, and with zeros behind it.
  @Test func tornLinesArePassedOver() throws {
    let log = EventLog(lake.lake)
    let first = try log.append([draft(1)])
    let whole = lake.bytes("events/00000001.ndjson")
    let torn = try log.append([draft(2)])[0].line
    for length in 0..<torn.count {
      for tail in [[], [UInt8](repeating: 0, count: 9)] where length + tail.count > 0 {
        lake.write("events/00000001.ndjson", whole + torn[..<length] + tail)
        var reader = try EventReader(log, since: nil)
        #expect(try reader.next() == first)
        #expect(try log.lastEvent() == first.first)
        let next = try log.append([draft(3)])
        #expect(try lake.events() == first + next, "cut at \(length)")
        #expect(try reader.next() == next)
        #expect(reader.damagedLineCount == 1)
      }
    }
  }

  @Test func fullSegmentsAreFollowedByOthersAndOldOnesGo() throws {
    let journal = LineJournal(lake.lake, .deliveries, segmentByteLimit: 100)
    var reader = journal.forwardLines()
    var seen: [String] = []
    for number in 1...40 {
      try journal.append { (known) throws(StoreError) in
        let last = try known.next().map { String(decoding: $0, as: UTF8.self) }
        #expect(
          last == (number == 1 ? nil : "line \(number - 1) \(String(repeating: "x", count: 40))"))
        return [Array("line \(number) \(String(repeating: "x", count: 40))".utf8)]
      }
      // Reads one line late, so that it changes segments at every possible moment.
      if number % 3 == 0 {
        while case let lines = try reader.next(), !lines.isEmpty {
          seen += lines.map { String(decoding: $0.prefix { $0 != 0x78 }, as: UTF8.self) }
        }
      }
    }
    #expect(seen == (1...39).map { "line \($0) " })
    #expect(try journal.segments() == [11, 12, 13, 14])
    var backward = try journal.backwardLines()
    var count = 0
    while try backward.next() != nil { count += 1 }
    #expect(count == 10)
  }

  @Test func longLinesAreFoundFromTheEnd() throws {
    let journal = LineJournal(lake.lake, .events)
    let lines = [10, 100_000, 3, 16 * 1024, 16 * 1024 - 1, 0, 1].map { count in
      [UInt8](repeating: 0x61, count: count)
    }
    try journal.append { _ in lines }
    var backward = try journal.backwardLines()
    for line in lines.reversed() { #expect(try backward.next() == line) }
    #expect(try backward.next() == nil)
  }

  @Test func threadsAppendWithoutTearingEachOther() throws {
    let log = EventLog(lake.lake)
    try WorkerGroup.run(threadCount: 4) { thread in
      for number in 0..<50 { _ = try log.append([self.draft(thread * 1000 + number)]) }
    }
    let events = try lake.events()
    #expect(Set(events.compactMap { $0.data["snapshot"]?.integer }).count == 200)
    #expect(zip(events, events.dropFirst()).allSatisfy { $0.id < $1.id })
  }

  @Test func aLogThatCannotBeWrittenFailsNobody() throws {
    lake.write("events", Array("a file is in the way".utf8))
    let failures = Monitor([StoreError]())
    let heard = Monitor([LakeEvent]())
    let publisher = EventPublisher(
      EventLog(lake.lake), listeners: [{ event in heard.withLock { $0.append(event) } }],
      didFail: { error in failures.withLock { $0.append(error) } })
    for number in 1...3 { publisher.publish(draft(number)) }
    #expect(publisher.hasFailed)
    #expect(failures.withLock { $0.count } == 1)
    let events = heard.withLock { $0 }
    #expect(events.count == 3)
    #expect(zip(events, events.dropFirst()).allSatisfy { $0.id < $1.id })
  }
}
