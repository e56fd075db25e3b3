import LakeBytes
import LakeStore
import LakeTestSupport
import Testing
import TripModel

@testable import LakeIngest

/// Extra columns however the input is divided, and whoever adds them.
@Suite struct ExtraColumnsTests {
  private static let definition = """
    {"name": "mine", "delimiter": ",", "region": {"columns": ["r"]}, "origin": {"x": ["x"], "y": ["y"]},
     "time": {"columns": ["t"], "zone": "UTC"}, "source": {"constant": "s"},
     "end_time": {"columns": ["e"]},
     "extras": [{"name": "n", "type": "int64"}, {"name": "f", "type": "float64"}, {"name": "b", "type": "bool"},
                {"name": "text"}, {"name": "few"}]}
    """

  private func options(
    threadCount: Int = 1, rowLimit: Int = 1 << 20, chunkByteCount: Int = 1 << 20
  ) throws -> LoadOptions {
    var options = LoadHarness.options(
      threadCount: threadCount, rowLimit: rowLimit, chunkByteCount: chunkByteCount)
    options.definitions = .fixed(try InputDefinition(json: Array(Self.definition.utf8)))
    return options
  }

  /// Rows with values missing here and there, and a text of its own in nearly every one.
  private func rows(_ random: inout SeededRandom, count: Int) -> String {
    var text = "r,x,y,t,e,n,f,b,text,few\n"
    for row in 0..<count {
      func maybe(_ value: String) -> String { random.integer(in: 0..<3) == 0 ? "" : value }
      let x = random.fraction()
      text +=
        "R\(random.integer(in: 0..<2)),\(x),\(random.integer(in: 0..<2)),2018-05-2\(row % 8) 00:00:00,"
      text +=
        maybe("2018-05-29 00:00:0\(row % 10)") + "," + maybe("\(Int64.min &+ Int64(row))") + ","
      text += maybe("\(x * 1e9)") + "," + maybe(row % 2 == 0 ? "true" : "false") + ","
      text += maybe("text number \(random.next())") + "," + maybe("few \(row % 3)") + "\n"
    }
    return text
  }

  @Test func threadsChunksAndMemoryKeepEveryValue() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let texts = (0..<3).map { _ in rows(&random, count: 400) }
    var sums: Set<Digest128> = []
    for rowLimit in [1 << 20, 1000, 90, 7] {
      var footers: [[String]] = []
      for (threadCount, chunkByteCount) in [(1, 1 << 20), (1, 700), (2, 700), (2, 64)] {
        let harness = try LoadHarness()
        let paths = try texts.enumerated().map { try harness.file("\($0.offset).csv", $0.element) }
        let receipt = try harness.load(
          paths,
          options(threadCount: threadCount, rowLimit: rowLimit, chunkByteCount: chunkByteCount))
        #expect(receipt.stored == 1200 && receipt.status == .committed)
        sums.insert(try harness.rowHashSum())
        #expect(try harness.lake.verify().damages.isEmpty)
        // Memory is full at the end of a chunk, so only chunks of one size are divided alike.
        if chunkByteCount == 700 { footers.append(try harness.footers()) }
      }
      #expect(footers[0] == footers[1], "seed \(seed), \(rowLimit) rows in memory")
    }
    #expect(sums.count == 1, "seed \(seed)")
  }

  /// Files of different layouts in one load keep their texts, however many workers read ahead.
  @Test(arguments: [1, 2])
  func layoutsOfOneLoadKeepTheirTexts(_ threadCount: Int) throws {
    let texts = ["a", "b", "c", "d"].map { name in
      "lon,lat,start_time,\(name),common\n"
        + (0..<50).map {
          "14.4,50.1,2018-05-28 09:03:40,\(name) \($0),\(name == "b" ? "" : "x\($0 % 3)")\n"
        }
        .joined()
    }
    let alone = try LoadHarness()
    let together = try LoadHarness()
    for (index, text) in texts.enumerated() {
      _ = try alone.load([try alone.file("\(index).csv", text)])
    }
    let paths = try texts.enumerated().map { try together.file("\($0.offset).csv", $0.element) }
    let options = LoadHarness.options(threadCount: threadCount, chunkByteCount: 512)
    #expect(try together.load(paths, options).stored == 200)
    #expect(try together.lake.snapshot().manifest.schema == alone.lake.snapshot().manifest.schema)
    #expect(try together.rowHashSum() == alone.rowHashSum())
    #expect(try together.lake.verify().damages.isEmpty)
  }

  @Test func columnsAreNumberedInTheOrderOfTheDefinitionAndShared() throws {
    let harness = try LoadHarness()
    var random = SeededRandom(seed: 1)
    _ = try harness.load([try harness.file("a.csv", rows(&random, count: 3))], options())
    let first = try harness.lake.snapshot().manifest.schema
    let extras = first.columns.filter { $0.id >= .firstExtra }
    #expect(extras.map(\.name) == ["end_time", "n", "f", "b", "text", "few"])
    #expect(extras.map(\.type) == [.timestamp, .int64, .float64, .bool, .text, .text])
    #expect(extras.map(\.id.rawValue) == [64, 65, 66, 67, 68, 69])
    _ = try harness.load([try harness.file("b.csv", rows(&random, count: 3))], options())
    #expect(try harness.lake.snapshot().manifest.schema == first)
  }

  /// A load that another one overtakes, adding other columns, begins anew and keeps both.
  @Test func twoLoadsAddColumnsAtOnce() throws {
    let harness = try LoadHarness()
    let text = { (name: String) in
      "lon,lat,start_time,\(name),both\n14.4,50.1,2018-05-28 09:03:40,1,2\n"
    }
    let one = try harness.file("one.csv", text("first"))
    let other = try harness.file("other.csv", text("second"))
    let hasOvertaken = Monitor(false)
    var options = LoadHarness.options()
    let lake = harness.lake
    options.isInterrupted = {
      let isFirst = hasOvertaken.withLock { done in
        defer { done = true }
        return !done
      }
      if isFirst {
        do {
          _ = try LoadJob(lake: lake, paths: [other], options: LoadHarness.options()).run()
        } catch {
          Issue.record(error)
        }
      }
      return false
    }
    let receipt = try harness.load([one], options)
    #expect(receipt.load == 2 && receipt.status == .committed)
    let schema = try harness.lake.snapshot().manifest.schema
    let names = schema.columns.filter { $0.id >= .firstExtra }.map(\.name)
    #expect(names == ["second", "both", "first"])
    #expect(try harness.rowCount() == 2)
    #expect(try harness.lake.verify().damages.isEmpty)
  }

  /// The layout of the sample trips reads what the lake has, in any case of the name, as what it is there.
  @Test func columnsOfTheLakeAreReadAsWhatTheyAre() throws {
    let schema = TripSchema(
      columns: TripSchema.trips.columns + [
        ColumnDefinition(
          id: ColumnID(rawValue: 64), name: "Fare", type: .float64, isNullable: true),
        ColumnDefinition(id: ColumnID(rawValue: 65), name: "fare", type: .int64, isNullable: true),
        ColumnDefinition(
          id: ColumnID(rawValue: 66), name: "end_time", type: .timestamp, isNullable: true),
      ])
    let names = "region,origin_coord,destination_coord,datetime,datasource,FARE,fare,End_Time,other"
      .split(separator: ",").map { ByteString(String($0)) }
    let mapping = try HeaderMapping(names: names, definition: .trips, schema: schema)
    #expect(mapping.extras.map(\.role.name) == ["fare", "Fare", "end_time"])
    #expect(mapping.extras.map(\.field) == [6, 5, 7])
    #expect(mapping.extras.map(\.role.type) == [.int64, .float64, .timestamp])
    #expect(mapping.ignored == [8] && mapping.usedFieldCount == 8)
    let empty = try HeaderMapping(names: names, definition: .trips)
    #expect(empty.extras.isEmpty && empty.ignored == [5, 6, 7, 8])
  }
}

@Suite struct UsualBoxTests {
  @Test func aFifthOnEachSideIsLeftOut() throws {
    let places = (0..<20).map { (x: Double($0), y: Double($0) / 100) }
    let box = try #require(UsualBox(origins: places))
    // x: 4 to 15, and 11 more on both sides; y: 0.04 to 0.15, and a degree.
    #expect(box.west == -7 && box.east == 26)
    #expect(box.south == 0.04 - 1 && box.north == 0.15 + 1)
    #expect(UsualBox(origins: []) == nil)
    let one = try #require(UsualBox(origins: [(x: 5, y: 6)]))
    #expect(one.contains(x: 6, y: 5) && !one.contains(x: 6.1, y: 5))
  }
}
