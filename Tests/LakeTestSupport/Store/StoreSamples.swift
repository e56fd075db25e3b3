package import LakeBytes
package import LakeFile
package import LakeStore
package import TripModel

/// Made-up contents for a lake. The store does not look into trip files, so random bytes serve.
package enum StoreSamples {
  package static let settings = LakeSettings(
    zoneName: "Europe/Prague", zoneData: Array("TZif2 not a real zone".utf8))

  package static func key(_ region: String, week: Int32 = 2526) -> PartitionKey {
    PartitionKey(region: ByteString(region), week: ISOWeek(index: week))
  }

  /// Bytes and statistics that follow from the seed alone.
  package static func tripFile(seed: UInt64, byteCount: Int = 700) -> EncodedTripFile {
    var random = SeededRandom(seed: seed)
    let bytes = (0..<byteCount).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    let rowCount = Int(random.next() % 1000) + 1
    let first = Int64(random.next() % 1_000_000_000)
    let last = first + Int64(random.next() % 1_000_000)
    let extent = CoordinateExtent(minX: 14.1, minY: 50.0, maxX: 14.7, maxY: 50.2)
    let statistics = TripFileStatistics(
      rowCount: rowCount, byteCount: byteCount,
      rowHashSum: Digest128(high: random.next(), low: random.next()), firstTime: first,
      lastTime: last, originExtent: extent,
      destinationExtent: seed % 2 == 0 ? extent : nil,
      destinationCount: seed % 2 == 0 ? rowCount : 0,
      sources: [
        SourceStatistics(
          name: "cheap_mobile", rowCount: rowCount, firstTime: first, lastTime: last)
      ], areSourcesComplete: true)
    return EncodedTripFile(
      bytes: bytes, footerDigest: Checksum.xxh3_128(bytes), statistics: statistics)
  }

  /// The input whose identity is `number`.
  package static func input(_ number: UInt64, stored: Int) -> InputRecord {
    let count = UInt64(stored)
    return InputRecord(
      identity: Digest128(high: 7, low: number), byteCount: count * 80,
      path: ByteString("trips-\(number).csv"),
      ledger: InputLedger(
        lines: count + 1, records: count + 1, header: 1, blank: 0, comment: 0, stored: count,
        duplicates: 0, rejected: 0),
      headDigest: Digest128(high: 8, low: number), definition: "trips")
  }

  /// Two regions, of two routes and of one.
  package static let routes: [RouteModel] = {
    let there = Route(
      originX: 14.25, originY: 50.5, destinationX: 14.5, destinationY: 50.125, tripCount: 90)
    let back = Route(
      originX: 14.5, originY: 50.125, destinationX: 14.25, destinationY: 50.5, tripCount: 10)
    return [("Prague", [there, back]), ("Turin", [back])].map { region, routes in
      RouteModel(
        region: region, metresPerDegreeX: 71_000.5, metresPerDegreeY: 111_195.25, seed: 7,
        sampleCount: 100, iterationCount: 12, inertia: 1234.5, routes: routes)
    }
  }()

  /// A box over the antimeridian, a triangle, and a square with a hole beside a second part.
  package static let areas: [Area] = {
    func ring(_ points: [(Double, Double)]) -> [Polygon.Point] {
      points.map { Polygon.Point(x: $0.0, y: $0.1) }
    }
    let square = ring([(14, 50), (15, 50), (15, 51), (14, 51)])
    let hole = ring([(14.25, 50.25), (14.25, 50.5), (14.5, 50.5)])
    let part = ring([(16, 50), (17, 50.5), (16, 51)])
    return [
      BoundingBox(west: 177, south: -20, east: -178, north: -12.5).map {
        Area(name: "Fiji", box: $0)
      },
      Polygon(rings: [part]).map { Area(name: "part", shape: .polygons([$0])) },
      Polygon(rings: [square, hole]).flatMap { first in
        Polygon(rings: [part]).map { Area(name: "whole", shape: .polygons([first, $0])) }
      },
    ].compactMap(\.self)
  }()
}

extension EncodedTripFile {
  package init(bytes: [UInt8], footerDigest: Digest128, statistics: TripFileStatistics) {
    self.init(bytes: bytes, end: TripFileEnd(footerDigest: footerDigest, statistics: statistics))
  }

  package var footerDigest: Digest128 { end.footerDigest }
  package var statistics: TripFileStatistics { end.statistics }
}
