import LakeStore
import LakeTestSupport
import Synchronization
import Testing
import TripModel

/// Areas are versioned with the lake: `formats/manifest/v1.md`, [MF-28] to [MF-31].
@Suite struct LakeAreasTests {
  let folder = TemporaryFolder()
  let path: String
  let lake: Lake

  init() throws {
    path = folder.path + "/lake"
    lake = try Lake.create(at: path, settings: StoreSamples.settings)
  }

  @Test func everyVersionHasItsOwn() throws {
    try UndoTests.load(1, into: lake)
    let added = try lake.changeAreas { before in
      #expect(before.isEmpty)
      return StoreSamples.areas.reversed()
    }
    #expect(added.version == 2 && added.isNew)
    try UndoTests.load(2, into: lake)
    try lake.undo(1)
    let again = try Lake.open(at: path)
    #expect(try again.snapshot().manifest.areas() == StoreSamples.areas)
    #expect(try again.snapshot(version: 1).manifest.areas().isEmpty)
    let removed = try again.changeAreas { $0.filter { $0.name != "Fiji" } }
    #expect(removed.version == 5)
    #expect(try lake.snapshot().manifest.areas().map(\.name) == ["part", "whole"])
    #expect(try lake.snapshot(version: 4).manifest.areas() == StoreSamples.areas)
    let emptied = try lake.changeAreas { _ in [] }
    #expect(try lake.snapshot(version: emptied.version).manifest.areas().isEmpty)
    #expect(
      try lake.snapshot().manifest.loads().map(\.kind)
        == [.ingest, .areas, .ingest, .undo, .areas, .areas])
  }

  @Test func theSameAreasCommitNothing() throws {
    #expect(try lake.changeAreas { _ in [] } == (0, false))
    _ = try lake.changeAreas { _ in StoreSamples.areas }
    #expect(try lake.changeAreas { $0 } == (1, false))
    #expect(try lake.snapshot().manifest.version == 1)
    struct Refused: Error {}
    #expect(throws: Refused.self) { try lake.changeAreas { _ in throw Refused() } }
    #expect(try lake.snapshot().manifest.version == 1)
  }

  @Test func aChangeOfAreasCannotBeUndone() throws {
    _ = try lake.changeAreas { _ in StoreSamples.areas }
    #expect {
      try lake.undo(1)
    } throws: {
      ($0 as? StoreError)?.code == .cannotUndo
    }
  }

  /// Both writers' areas are there, whoever was first.
  @Test func writersAtOnceLoseNothing() throws {
    let path = path
    try WorkerGroup.run(threadCount: 6) { writer in
      var environment = StoreEnvironment(fileSystem: try LocalFileSystem(root: path))
      environment.usesCommitLock = false
      let lake = try Lake.open(in: environment)
      for number in 0..<5 {
        let name = ByteString("\(writer) \(number)")
        _ = try lake.changeAreas { $0 + [Area(name: name, box: .everywhere)] }
      }
    }
    #expect(try lake.snapshot().manifest.areas().count == 30)
  }

  @Test func damageIsFoundAndRepaired() throws {
    _ = try lake.changeAreas { _ in StoreSamples.areas }
    let second = try lake.changeAreas { Array($0.dropLast()) }
    let manifest = path + "/" + LakePath.manifest(second.version).text
    // The last byte before the trailer belongs to the last section, which are the areas.
    let file = try StoreFile(opening: .manifest(second.version), in: LocalFileSystem(root: path))
    let byteCount = file.byteCount
    TestLake.flipByte(at: byteCount - 25, ofFile: manifest)
    let damaged = try Lake.open(at: path)
    #expect(throws: StoreError.self) { try damaged.snapshot().manifest.areas() }
    #expect(try damaged.verify().damages.map(\.code) == [.damaged])
    #expect(throws: StoreError.self) { try UndoTests.load(9, into: damaged) }
    let report = try damaged.repair(to: 1)
    #expect(report.version == 3 && report.setAside == [2])
    #expect(try damaged.snapshot().manifest.areas() == StoreSamples.areas)
    #expect(try damaged.verify().damages.isEmpty)
  }
}
