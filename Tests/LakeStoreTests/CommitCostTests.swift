import LakeFile
import LakeStore
import LakeTestSupport
import Testing

/// What a commit costs in calls; times are printed, not asserted.
@Suite struct CommitCostTests {
  @Test func aSmallCommitBringsEachThingToTheDiskOnce() throws {
    let machine = CrashMachine()
    let model = Monitor(CrashModel())
    let worker = CrashWorker(machine.process(0), seed: 1, model: model)
    let lake = try #require(worker.openOrCreate())
    worker.load(2, into: lake)
    let start = machine.log.count
    worker.load(4, into: lake)
    let log = machine.log[start...]
    // Two trip files and the manifest; two weeks, two regions, data and manifests.
    #expect(log.filter { $0.contains(": synchronize ") }.count == 3)
    #expect(log.filter { $0.contains(": synchronizeDirectory ") }.count == 6)
  }

  @Test func theTimeOfASmallCommitIsPrinted() throws {
    let folder = TemporaryFolder()
    let lake = try Lake.create(at: folder.path + "/lake", settings: StoreSamples.settings)
    var times: [Duration] = []
    for number in 0..<9 as Range<UInt64> {
      let file = StoreSamples.tripFile(seed: number)
      times.append(
        try ContinuousClock().measure {
          let transaction = try lake.begin()
          let staged = try transaction.writeDataFile(
            file, key: StoreSamples.key("Prague"), number: 0)
          _ = try transaction.commit { _ in ManifestChange(added: [staged]) }
        })
    }
    #expect(try lake.snapshot().manifest.version == 9)
    print("a small commit takes \(times.sorted()[4]) in the middle of 9")
  }
}
