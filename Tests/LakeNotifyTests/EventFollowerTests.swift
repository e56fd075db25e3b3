import Glibc
import LakeBytes
import LakeStore
import LakeTestSupport
import Testing

@testable import LakeNotify

@Suite struct EventFollowerTests {
  private static let draft = EventDraft.maintenanceDone(
    task: "gc", snapshot: 1, seconds: 0, counts: [])

  /// A pipe whose reading end is a signal's descriptor.
  private struct Pipe {
    let ends: [Int32]

    init() {
      var ends: [Int32] = [-1, -1]
      precondition(pipe(&ends) == 0)
      self.ends = ends
    }

    func send() {
      var byte: UInt8 = 1
      precondition(write(ends[1], &byte, 1) == 1)
    }
  }

  @Test(arguments: [false, true])
  func eventsArriveAsTheyHappenAndASignalEndsIt(hasLog: Bool) throws {
    let lake = try NotifyLake()
    let log = EventLog(lake.lake)
    if hasLog { _ = try log.append([Self.draft]) }
    let start = try log.lastEvent()?.id
    let signals = Pipe()
    let seen = Monitor([LakeEvent]())
    let ready = Monitor(false)
    try WorkerGroup.run(threadCount: 2) { index in
      if index == 0 {
        var follower = try EventFollower(log, since: start)
        ready.withLock { $0 = true }
        while let events = try follower.next(signals: signals.ends[0], output: -1) {
          seen.withLock { $0 += events }
        }
      } else {
        _ = ready.wait { $0 ? true : nil }
        var told: [LakeEvent] = []
        for number in 1...20 {
          told += try log.append([Self.draft])
          // Sometimes the follower sleeps, sometimes it is reading.
          if number % 2 == 0 {
            _ = seen.wait { $0.count == number ? true : nil }
          }
        }
        #expect(seen.withLock { $0.map(\.id) } == told.map(\.id))
        signals.send()
      }
    }
  }

  @Test func anOutputThatNobodyReadsEndsIt() throws {
    let lake = try NotifyLake()
    let output = Pipe()
    close(output.ends[0])
    var follower = try EventFollower(EventLog(lake.lake), since: nil)
    #expect(try follower.next(signals: -1, output: output.ends[1]) == nil)
  }

  @Test(arguments: [
    (["load.committed"], true), (["load.*"], true), (["*"], true), ([], true),
    (["load.failed"], false), (["load.committed", "load.failed"], true), (["maintenance.*"], false),
    (["load.commit"], false),
  ])
  func filters(types: [String], isAccepted: Bool) throws {
    let lake = try NotifyLake()
    let event = try #require(
      try EventLog(lake.lake).append([EventDraft(.loadCommitted, load: 4, data: .object([]))])
        .first)
    #expect(EventFilter(types: types).accepts(event) == isAccepted)
    #expect(EventFilter(types: types, load: 4).accepts(event) == isAccepted)
    #expect(!EventFilter(types: types, load: 5).accepts(event))
  }
}
