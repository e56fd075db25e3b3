import LakeBytes
import LakeStore
import LakeTestSupport
import Testing

@testable import LakeNotify

@Suite struct LoadRunTests {
  private let lake: NotifyLake

  init() throws {
    lake = try NotifyLake()
  }

  private func publisher() -> EventPublisher { EventPublisher(EventLog(lake.lake)) }

  private func begin(_ paths: [String]) -> LoadRun {
    LoadRun(publisher(), .init(command: "ingest", paths: paths, totalByteCount: 1000))
  }

  /// The types of all events, with the load and the run's place among the starts.
  private func story() throws -> [String] {
    let events = try lake.events()
    let starts = events.filter { $0.type == .loadStarted }.map(\.id.text)
    return events.map { event in
      let run = event.data["run"]?.text.flatMap { starts.firstIndex(of: $0) }
      return [
        event.typeName, event.load.map { "load \($0)" }, run.map { "run \($0)" },
        event.data["derived"]?.bool == true ? "derived" : nil,
      ].compactMap(\.self).joined(separator: " ")
    }
  }

  private func committed(_ load: UInt64) -> LoadOutcome {
    var outcome = LoadOutcome(.committed)
    outcome.load = load
    return outcome
  }

  @Test func aRunTellsItsStory() throws {
    let run = begin(["a.csv", "b.csv"])
    run.fileDone(FileReport(path: "a.csv", status: .loaded))
    run.end(committed(try lake.commit("a.csv")))
    begin(["a.csv"]).end(LoadOutcome(.alreadyLoaded))
    begin(["a.csv"]).end(LoadOutcome(.failed))
    #expect(
      try story() == [
        "load.started run 0", "load.file_done run 0", "load.committed load 1 run 0",
        "load.started run 1", "load.duplicate_file run 1", "load.started run 2",
        "load.failed run 2",
      ])
    let start = try lake.events()[0]
    #expect(start.data["paths"] == .array([.string("a.csv"), .string("b.csv")]))
    #expect(start.data["announced"] == .integer(0))
    #expect(start.data["total_bytes"] == .integer(1000))
    #expect(try lake.events()[3].data["announced"] == .integer(1))
  }

  /// A process killed between its commit and its event.
  @Test func aCommitThatNobodyToldIsDerived() throws {
    begin(["a.csv"]).end(committed(try lake.commit("a.csv")))
    _ = begin(["b.csv", "c.csv"])
    try lake.commit("b.csv", rejected: 2)
    begin(["d.csv"]).end(committed(try lake.commit("d.csv")))
    #expect(
      try story() == [
        "load.started run 0", "load.committed load 1 run 0", "load.started run 1",
        "load.committed_with_rejects load 2 run 1 derived", "load.started run 2",
        "load.committed load 3 run 2",
      ])
    let data = try lake.events()[3].data
    #expect(data["stored"] == .integer(10) && data["rejected"] == .integer(2))
    #expect(data["seconds"] == .number(2.5) && data["snapshot"] == .integer(2))
    let file = try #require(data["files"]?.elements?.first)
    #expect(file["path"] == .string("b.csv") && file["records"] == .integer(13))
    #expect(file["status"] == .string("loaded_with_rejects") && file["bytes"] == .integer(1000))
  }

  /// A process killed before its commit.
  @Test func aRunThatCommittedNothingIsToldAsFailed() throws {
    _ = begin(["a.csv"])
    begin(["b.csv"]).end(committed(try lake.commit("b.csv")))
    #expect(
      try story() == [
        "load.started run 0", "load.failed run 0 derived", "load.started run 1",
        "load.committed load 1 run 1",
      ])
    #expect(try lake.events()[1].data["error"]?["code"] == .string("TL-8001"))
    begin([]).end(LoadOutcome(.failed))
    #expect(try story().filter { $0.contains("derived") }.count == 1)
  }

  @Test func undoingIsToldOnceAlsoAfterAKill() throws {
    begin(["a.csv"]).end(committed(try lake.commit("a.csv")))
    try lake.lake.undo(1)
    begin(["b.csv"]).end(committed(try lake.commit("b.csv")))
    begin([]).end(LoadOutcome(.failed))
    #expect(
      try story() == [
        "load.started run 0", "load.committed load 1 run 0", "load.undone load 1 derived",
        "load.started run 1", "load.committed load 3 run 1", "load.started run 2",
        "load.failed run 2",
      ])
    let undone = try lake.events()[2].data
    #expect(undone["snapshot"] == .integer(2) && undone["paths"] == .array([.string("a.csv")]))

    let claim = EventsClaim(publisher())
    try lake.lake.undo(3)
    publisher().publish(
      .undone(
        UndoneLoad(
          load: 3, snapshot: 4, removedRowCount: 10, restoredRowCount: 0, paths: ["b.csv"])))
    claim.release()
    begin([]).end(LoadOutcome(.failed))
    #expect(try story().filter { $0.contains("undone load 3") } == ["load.undone load 3"])
  }

  @Test func nothingIsDerivedWhileAnotherLoadRuns() throws {
    let other = begin(["a.csv"])
    try lake.commit("a.csv")
    let second = begin(["b.csv"])
    #expect(try lake.events().last?.data["announced"] == .null)
    second.end(LoadOutcome(.failed))
    other.end(committed(1))
    begin(["c.csv"]).end(LoadOutcome(.failed))
    #expect(try story().allSatisfy { !$0.contains("derived") })
    #expect(try lake.events().filter { $0.load == 1 }.count == 1)
  }

  @Test func aLakeWithoutALogIsToldFromTheManifest() throws {
    try lake.commit("a.csv")
    try lake.commit("b.csv")
    begin([]).end(LoadOutcome(.failed))
    #expect(
      try story() == [
        "load.committed load 1 derived", "load.committed load 2 derived", "load.started run 0",
        "load.failed run 0",
      ])
    #expect(try lake.events()[0].data["run"] == .null)
  }

  @Test func manyFilesAreCutWithTheSpecialOnesFirst() {
    var outcome = LoadOutcome(.committedWithRejects)
    outcome.files = (0..<1500).map { number in
      FileReport(path: "\(number)", status: number == 1400 ? .failed : .loaded)
    }
    let data = outcome.draft(run: nil).data
    #expect(data["file_count"] == .integer(1500))
    #expect(data["files"]?.elements?.count == 1000)
    #expect(data["files"]?.elements?.first?["path"] == .string("1400"))
  }
}
