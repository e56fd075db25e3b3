import LakeStore
import LakeTestSupport
import Testing
import TripModel

/// Routes are versioned with the lake: `formats/manifest/v1.md`, [MF-31] to [MF-33].
@Suite struct LakeRoutesTests {
  @Test func everyVersionHasItsOwn() throws {
    let folder = TemporaryFolder()
    let lake = try Lake.create(at: folder.path + "/lake", settings: StoreSamples.settings)
    #expect(try lake.keepRoutes(StoreSamples.routes) == 1)
    _ = try lake.changeAreas { _ in StoreSamples.areas }
    try UndoTests.load(1, into: lake)
    #expect(try lake.snapshot().manifest.routes() == StoreSamples.routes)
    #expect(try lake.snapshot().manifest.areas() == StoreSamples.areas)
    let other = RouteModel(
      region: "Turin", metresPerDegreeX: 1, metresPerDegreeY: 1, seed: 0, sampleCount: 1,
      iterationCount: 0, inertia: 0, routes: StoreSamples.routes[1].routes)
    #expect(try lake.keepRoutes([other]) == 4)
    #expect(try lake.snapshot().manifest.routes() == [StoreSamples.routes[0], other])
    #expect(try lake.snapshot(version: 3).manifest.routes() == StoreSamples.routes)
    #expect {
      try lake.undo(1)
    } throws: {
      ($0 as? StoreError)?.code == .cannotUndo
    }
  }

  @Test func whatNoReaderWouldTakeIsNotKept() throws {
    let folder = TemporaryFolder()
    let lake = try Lake.create(at: folder.path + "/lake", settings: StoreSamples.settings)
    let beyond = RouteModel(
      region: "Turin", metresPerDegreeX: 1, metresPerDegreeY: 1, seed: 0, sampleCount: 1,
      iterationCount: 0, inertia: 0,
      routes: [
        Route(
          originX: (180.0).nextUp, originY: 0, destinationX: 0, destinationY: 0, tripCount: 1)
      ])
    #expect(throws: (any Error).self) { try lake.keepRoutes([beyond]) }
    let area = try #require(BoundingBox(west: 0, south: 0, east: 1, north: 1))
    #expect(throws: (any Error).self) {
      try lake.changeAreas { _ in [Area(name: "twice", box: area), Area(name: "twice", box: area)] }
    }
    #expect(try lake.snapshot().manifest.version == 0)
    #expect(try lake.keepRoutes(StoreSamples.routes) == 1)
  }
}
