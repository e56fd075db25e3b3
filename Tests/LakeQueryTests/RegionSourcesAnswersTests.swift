import LakeStore
import LakeTestSupport
import Testing
import TripModel

@testable import LakeQuery

/// Questions about the sources of whole regions are answered from what the manifest tells of regions.
@Suite struct RegionSourcesAnswersTests {
  /// Trips in 3 regions and 40 weeks.
  private func lake(seed: UInt64) throws -> TestLake {
    var random = SeededRandom(seed: seed)
    let lake = try TestLake()
    try lake.add(
      (0..<600).map { number in
        TestTrip(
          region: ["Prague", "Turin", "Fiji"][number % 3], origin: .init(14, 50), destination: nil,
          time: TripGenerator.day * Int64(number % 40 * 7 + random.integer(in: 0..<7)),
          source: ["a", "b", "c", "d"][random.integer(in: 0..<4)])
      })
    return lake
  }

  private let allWeeks = ISOWeek(index: -1)...ISOWeek(index: 50)

  @Test("They are the answers that files give")
  func answers() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    let lake = try lake(seed: seed)
    let reader = try LakeReader(lake.lake)
    defer { withExtendedLifetime(lake) {} }
    #expect(reader.manifest.fileCount >= 64)
    for keys in [[], [.region], [.source], [.region, .source], [.source, .region]]
      as [[GroupedCount.Key]]
    {
      for facts in [[], [.latestSource], [.firstTime, .lastTime, .latestSource]]
        as [[GroupedCount.Fact]]
      {
        for regions in [nil, ["Turin"], ["Turin", "Fiji", "Turin"]] as [[ByteString]?] {
          for top in [nil, 2] {
            var question = GroupedCount(filter: TripFilter(regions: regions), groupedBy: keys)
            (question.facts, question.top) = (facts, top)
            let answer = try question.answer(from: reader)
            // A condition on weeks, which all trips meet, is decided file by file.
            question.filter.weeks = allWeeks
            let byFile = try question.answer(from: reader)
            #expect(!answer.rows.isEmpty)
            #expect(answer == byFile, "seed \(seed), \(keys) \(facts) of \(regions ?? [])")
          }
        }
      }
    }
  }

  @Test("They do without the statistics of files, and others do not")
  func filesAreLeftAlone() throws {
    let lake = try lake(seed: 1)
    try lake.damageManifest(section: 10, at: 1000)
    let reader = try LakeReader(lake.lake)
    var question = GroupedCount(groupedBy: [.region])
    question.facts = [.latestSource]
    #expect(try question.answer(from: reader).rows.map(\.count) == [200, 200, 200])
    question.filter.weeks = allWeeks
    #expect(throws: StoreError.self) { try question.answer(from: reader) }
  }

  @Test("Damage to them is an error")
  func damage() throws {
    let lake = try lake(seed: 1)
    try lake.damageManifest(section: 17, at: 40)
    let reader = try LakeReader(lake.lake)
    #expect(throws: StoreError.self) {
      try GroupedCount(groupedBy: [.source]).answer(from: reader)
    }
    #expect(try lake.lake.verify().damages.map(\.code) == [.damaged])
  }
}
