import LakeBytes
import LakeFile
import LakeStore
import LakeTestSupport
import Testing
import TripModel

/// The golden manifests and LAKE files: bytes, annotated bytes, content as text.
@Suite struct StoreGoldenTests {
  static let id = LakeID(high: 0x0011_2233_4455_6677, low: 0x8899_aabb_ccdd_eeff)
  static let manifests = GoldenFolder("manifest/golden")
  static let layouts = GoldenFolder("lake-layout/golden")

  /// A chain: the first commit is empty but for an input, the second adds two files. From there on, one takes
  /// them out again, another takes in what the second had rejected, and a third goes back to the first; or areas or routes follow the first.
  enum Case: String, CaseIterable, CustomTestStringConvertible {
    case firstVersion = "first-version"
    case twoFiles = "two-files"
    case undoneLoad = "undone-load"
    case replayedRejects = "replayed-rejects"
    case repaired
    case areas
    case routes

    var testDescription: String { rawValue }

    func encode() throws -> [UInt8] {
      let input = ManifestChange(inputs: [StoreSamples.input(1, stored: 0)])
      let first = try ManifestDraft(after: .empty(lakeID: id), applying: input).encode()
      guard self != .firstVersion else { return first }
      var change = StoreManifests.change(fileCount: 2)
      change.inputs = [StoreSamples.input(2, stored: 10)]
      let second = try Self.encode(change, after: first)
      switch self {
      case .firstVersion, .twoFiles: return second
      case .undoneLoad:
        let removal = try LoadRemoval(2, from: Self.open(second))
        return try Self.encode(
          ManifestChange(removed: removal.files, load: Self.record(.undo, removal.subject)),
          after: second)
      case .areas:
        var change = ManifestChange(load: Self.record(.areas, nil))
        change.areas = StoreSamples.areas
        return try Self.encode(change, after: first)
      case .routes:
        var change = ManifestChange(load: Self.record(.routes, nil))
        change.routes = StoreSamples.routes
        return try Self.encode(change, after: first)
      case .repaired:
        return try ManifestDraft(
          after: Self.open(first),
          applying: ManifestChange(load: Self.record(.repair, LoadSubject(load: 1))), version: 3
        ).encode()
      case .replayedRejects:
        return try Self.encode(
          ManifestChange(
            inputs: [StoreSamples.input(3, stored: 1)],
            load: Self.record(.replay, LoadSubject(load: 2))), after: second)
      }
    }

    private static func record(_ kind: LoadKind, _ subject: LoadSubject?) -> LoadRecord {
      LoadRecord(
        kind: kind, transaction: TransactionID(high: 0x9abc, low: 0xdef0),
        startTime: 1_543_000_002_000_000, endTime: 1_543_000_003_000_000,
        stored: kind == .replay ? 1 : 0, rejected: 0, duplicates: 0, subject: subject)
    }

    private static func open(_ bytes: [UInt8]) throws -> Manifest {
      try Manifest(opening: BytesInMemory(bytes), path: "golden")
    }

    private static func encode(_ change: ManifestChange, after bytes: [UInt8]) throws -> [UInt8] {
      try ManifestDraft(after: open(bytes), applying: change).encode()
    }
  }

  /// `formats/manifest/v1.md`, [MF-1] to [MF-34].
  @Test(arguments: Case.allCases)
  func manifestsAreMadeExplainedAndRead(_ golden: Case) throws {
    let name = golden.rawValue
    #expect(Self.manifests.difference("\(name).man", try golden.encode()) == nil)
    let bytes = try #require(Self.manifests.read("\(name).man"))
    let lines = try Manifest.annotations(of: bytes, path: name).map { $0.line(bytes: bytes) + "\n" }
    #expect(Self.manifests.difference("\(name).annotated.txt", lines.joined()) == nil)
    let manifest = try Manifest(opening: BytesInMemory(bytes), path: name, lakeID: Self.id)
    #expect(
      Self.manifests.difference("\(name).content.txt", try ManifestContent.text(manifest)) == nil)
  }

  /// `formats/lake-layout/v1.md`, [LL-3] to [LL-6].
  @Test func settingsAreMadeExplainedAndRead() throws {
    let made = StoreSamples.settings.encode(id: Self.id)
    #expect(Self.layouts.difference("LAKE", made) == nil)
    let bytes = try #require(Self.layouts.read("LAKE"))
    let lines = try LakeSettings.annotations(of: bytes, path: "LAKE").map {
      $0.line(bytes: bytes) + "\n"
    }
    #expect(Self.layouts.difference("LAKE.annotated.txt", lines.joined()) == nil)
    let (id, settings) = try LakeSettings.decode(bytes)
    let content = """
      lake \(Digest128(high: id.high, low: id.low).hexadecimal)
      zone \(settings.zoneName.displayText), \(settings.zoneData.count) bytes of rules

      """
    #expect(Self.layouts.difference("LAKE.content.txt", content) == nil)
  }
}

/// Everything a reader must find in a manifest, as text.
enum ManifestContent {
  static func text(_ manifest: Manifest) throws -> String {
    var lines = [
      "version \(manifest.version)", "digest \(manifest.digest.hexadecimal)",
      "parent \(manifest.parentDigest.hexadecimal)",
      "files \(manifest.totals.fileCount), rows \(manifest.totals.rowCount), "
        + "bytes \(manifest.totals.byteCount), "
        + "row-hash sum \(manifest.totals.rowHashSum.hexadecimal)",
    ]
    for column in manifest.schema.columns {
      lines.append(
        "column \(column.id.rawValue) \(column.name.displayText): \(column.type)"
          + (column.isNullable ? ", nullable" : ""))
    }
    for entry in try manifest.entries() { lines += file(entry) }
    let released = Set(try manifest.loads().compactMap(\.undoneLoad))
    for input in try manifest.inputHistory() {
      lines += self.input(input) + (released.contains(input.load) ? ["  may be loaded again"] : [])
    }
    for load in try manifest.loads() { lines += self.load(load) }
    for model in try manifest.routes() { lines += routes(model) }
    for area in try manifest.areas() { lines += self.area(area) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func file(_ entry: DataFileEntry) -> [String] {
    let statistics = entry.statistics
    return [
      "file \(entry.path.text)",
      "  load \(entry.load), rows \(statistics.rowCount), bytes \(statistics.byteCount)",
      "  footer \(entry.footerDigest.hexadecimal)",
      "  row-hash sum \(statistics.rowHashSum.hexadecimal)",
      "  times \(statistics.firstTime) to \(statistics.lastTime)",
      "  origins \(extent(statistics.originExtent))",
      "  destinations \(statistics.destinationCount) in \(extent(statistics.destinationExtent))",
    ]
      + statistics.sources.map {
        "  source \($0.name.displayText): \($0.rowCount) rows, \($0.firstTime) to \($0.lastTime)"
      }
  }

  private static func extent(_ extent: CoordinateExtent?) -> String {
    extent.map { "\($0.minX),\($0.minY),\($0.maxX),\($0.maxY)" } ?? "none"
  }

  private static func input(_ input: InputRecord) -> [String] {
    let ledger = input.ledger
    return [
      "input \(input.identity.hexadecimal) \(input.path.displayText)",
      "  load \(input.load), \(input.byteCount) bytes, as \(input.definition.displayText)",
      "  \(ledger.lines) lines, \(ledger.records) records = \(ledger.header) header + "
        + "\(ledger.blank) blank + \(ledger.comment) comment + \(ledger.stored) stored + "
        + "\(ledger.duplicates) duplicates + \(ledger.rejected) rejected",
    ]
  }

  private static func routes(_ model: RouteModel) -> [String] {
    [
      "routes of \(model.region.displayText): \(model.metresPerDegreeX) and "
        + "\(model.metresPerDegreeY) metres a degree, seed \(model.seed)",
      "  \(model.sampleCount) trips, \(model.iterationCount) iterations, inertia \(model.inertia)",
    ]
      + model.routes.map {
        "  from \($0.originX),\($0.originY) to \($0.destinationX),\($0.destinationY): "
          + "\($0.tripCount) trips"
      }
  }

  private static func area(_ area: Area) -> [String] {
    let name = "area \(area.name.displayText)"
    guard case .polygons(let polygons) = area.shape else {
      let box = area.box
      return ["\(name): box \(box.west),\(box.south),\(box.east),\(box.north)"]
    }
    return ["\(name): \(polygons.count) polygons"]
      + polygons.flatMap(\.rings).map { ring in
        "  ring " + ring.map { "\($0.x),\($0.y)" }.joined(separator: " ")
      }
  }

  private static func load(_ load: LoadRecord) -> [String] {
    [
      "load \(load.load): \(load.kind) \(load.transaction.hexadecimal)",
      "  \(load.startTime) to \(load.endTime), \(load.stored) stored, \(load.rejected) rejected, "
        + "\(load.duplicates) duplicates",
    ]
      + [load.subject].compactMap(\.self).map {
        "  of load \($0.load), \($0.removedRowCount) rows in \($0.removedFileCount) files taken out"
      }
      + load.reports.map {
        "  report \($0.path.text), \($0.byteCount) bytes, \($0.digest.hexadecimal)"
      }
  }
}
