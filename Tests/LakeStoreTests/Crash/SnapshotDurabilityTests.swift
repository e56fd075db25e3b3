import Glibc
import LakeStore
import LakeTestSupport
import Testing

/// A reader brings to the disk what a killed writer may not have, and waits for the disk in no other case.
@Suite struct SnapshotDurabilityTests {
  /// A lake with one load, on a machine whose one process is new.
  private static func reader(
    writerKilledBefore point: SynchronizationPoint? = nil
  ) throws -> (CrashMachine, CrashWorker) {
    let model = Monitor(CrashModel())
    let writing = CrashMachine()
    let writer = CrashWorker(writing.process(0), seed: 1, model: model)
    let lake = try #require(writer.openOrCreate())
    if let point { writing.kill(0, before: point) }
    writer.load(1, into: lake)
    let reading = CrashMachine(disk: writing.disk)
    return (reading, CrashWorker(reading.process(0), seed: 2, model: model))
  }

  @Test func aCommitThatWasAcknowledgedNeedsNoFsync() throws {
    let (machine, worker) = try Self.reader()
    let lake = try Lake.open(in: worker.environment)
    #expect(try lake.snapshot().manifest.version == 1)
    #expect(try lake.snapshot(version: 1).manifest.version == 1)
    #expect(machine.log.filter { $0.contains("synchronize") } == [])
  }

  @Test func aCommitThatWasCutOffIsBroughtToTheDiskOnce() throws {
    let (machine, worker) = try Self.reader(writerKilledBefore: .manifestsAfterLink)
    let lake = try Lake.open(in: worker.environment)
    for _ in 0..<2 { #expect(try lake.snapshot().manifest.version == 1) }
    let folders = machine.log.filter { $0.contains("synchronize") }
      .map { $0.split(separator: " ").last }
    #expect(folders == [".", "manifests"])
  }

  @Test func cleanUpBringsACommitToTheDiskBeforeItsSecondNameGoes() throws {
    let (machine, worker) = try Self.reader(writerKilledBefore: .manifestsAfterLink)
    _ = try Lake.open(in: worker.environment).cleanUp()
    let fsync = machine.log.firstIndex { $0.contains("synchronizeDirectory manifests") }
    let removal = machine.log.firstIndex { $0.contains("remove manifests") }
    #expect(try #require(fsync) < #require(removal))
  }

  /// Nothing is answered from a lake object that could not bring a version to the disk, also not later.
  @Test func aReaderDoesNotTrustAFsyncAfterOneThatFailed() throws {
    let (machine, worker) = try Self.reader(writerKilledBefore: .manifestsAfterLink)
    let disk = machine.disk
    let lake = try Lake.open(in: worker.environment)
    _ = try lake.snapshot()
    let call = try #require(machine.log.firstIndex { $0.contains("synchronizeDirectory") })

    let failing = CrashMachine(disk: disk)
    let other = CrashWorker(failing.process(0), seed: 2, model: Monitor(CrashModel()))
    failing.script(CrashFault(callIndex: call, effect: .error(EIO), lasts: false), for: 0)
    let failed = try Lake.open(in: other.environment)
    for _ in 0..<2 { #expect(throws: StoreError.self) { try failed.snapshot() } }
    #expect(failing.log.filter { $0.contains("synchronizeDirectory") }.count == 1)
  }
}
