import LakeTestSupport
import Testing
import TripModel

@testable import LakeStore

/// A damaged newest version is left on explicit demand alone.
@Suite struct RepairTests {
  let folder = TemporaryFolder()
  let path: String
  let lake: Lake

  init() throws {
    path = folder.path + "/lake"
    lake = try Lake.create(at: path, settings: StoreSamples.settings)
    for identity in 1...3 as ClosedRange<UInt64> { try UndoTests.load(identity, into: lake) }
  }

  private func damage(_ version: UInt64) {
    TestLake.flipByte(at: 90, ofFile: "\(path)/\(LakePath.manifest(version).text)")
  }

  @Test func aSoundLakeIsLeftAlone() throws {
    let error = #expect(throws: StoreError.self) { try lake.repair(to: 2) }
    #expect(error?.code == .cannotRepair && error?.exitCode == 2)
    #expect(try lake.repair(to: nil) == RepairReport())
    #expect(try lake.manifestVersions() == [1, 2, 3])
  }

  @Test func aDamagedOlderVersionIsSetAside() throws {
    damage(2)
    let report = try lake.repair(to: nil)
    #expect(report.setAside == [2] && report.version == nil)
    #expect(try lake.manifestVersions() == [1, 3])
    let names = try LocalFileSystem(root: path).list(.manifests).map(\.name.displayText)
    #expect(names.contains("00000000000000000002.man.damaged"))
    #expect(try lake.verify().damages.allSatisfy { $0.path.hasSuffix(".trip") })
  }

  /// The files of the samples are no trip files: a version that lacks sound ones is not gone back to.
  @Test func aTargetIsProven() throws {
    damage(3)
    let damaged = #expect(throws: StoreError.self) { try lake.repair(to: nil) }
    #expect(damaged?.code == .damaged)
    let unknown = #expect(throws: StoreError.self) { try lake.repair(to: 9) }
    #expect(unknown?.code == .unknownSnapshot)
    let files = #expect(throws: StoreError.self) { try lake.repair(to: 2) }
    #expect(files?.code == .damaged && files?.path.hasSuffix(".trip") == true)
    #expect(try lake.manifestVersions() == [1, 2, 3])
    #expect(try LocalFileSystem(root: path).list(.transactions).isEmpty)
  }
}
