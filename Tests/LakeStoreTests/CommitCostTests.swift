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

  @Test func aFileInPartsIsBroughtToTheDiskOnceAndStaysOpenWhereAPartIsKeptInMemory() throws {
    // The first file of each load has two parts. The first part of load 2 is whole blocks, that of load 3 is not.
    for (load, closingCount) in [(2, 2), (3, 1)] as [(UInt64, Int)] {
      let machine = CrashMachine()
      let worker = CrashWorker(machine.process(0), seed: 1, model: Monitor(CrashModel()))
      let lake = try #require(worker.openOrCreate())
      worker.load(load, into: lake)
      let ofFile = machine.log.filter { $0.contains("-0.trip") }
      #expect(ofFile.filter { $0.contains(": write ") }.count >= 2)
      #expect(ofFile.filter { $0.contains(": close ") }.count == closingCount)
      #expect(ofFile.filter { $0.contains(": synchronize ") }.count == 1)
    }
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
