import LakeStore
import LakeTestSupport
import Testing
import TripModel

@testable import LakeIngest

@Suite("Duplicates are found inside of a load and against the lake")
struct DuplicateTests {
  private static let keyed = """
    {
      "name": "keyed",
      "delimiter": ",",
      "region": {"columns": ["region"]},
      "origin": {"point": ["origin_coord"]},
      "destination": {"point": ["destination_coord"]},
      "time": {"columns": ["datetime"], "zone": "UTC"},
      "source": {"columns": ["datasource"]},
      "extras": [{"name": "ride_id"}, {"name": "fare", "type": "float64"}],
      "key": ["ride_id"]
    }
    """

  private static let keyedHeader =
    "region,origin_coord,destination_coord,datetime,datasource,ride_id,fare\n"

  private func options(
    _ duplicates: DuplicatePolicy?, keyed: Bool = false, threadCount: Int = 1,
    rowLimit: Int = 1 << 20, chunkByteCount: Int = 1 << 20
  ) throws -> LoadOptions {
    var options = LoadHarness.options(
      threadCount: threadCount, rowLimit: rowLimit, chunkByteCount: chunkByteCount)
    options.duplicates = duplicates
    options.errorLimit = .percent(40)
    if keyed { options.definitions = .fixed(try InputDefinition(json: Array(Self.keyed.utf8))) }
    return options
  }

  private static func ride(_ id: String, _ region: String = "Prague", fare: String = "1.5")
    -> String
  {
    "\(region),POINT (14.5 50),POINT (14.4 50.04),2018-05-28 09:03:40,car,\(id),\(fare)\n"
  }

  @Test func equalRowsAreKeptUnlessAskedOtherwise() throws {
    let harness = try LoadHarness()
    let path = try harness.file(
      "trips.csv", LoadHarness.header + LoadHarness.prague + LoadHarness.prague)
    let receipt = try harness.load([path], try options(nil))
    #expect(receipt.stored == 2)
    #expect(receipt.duplicateReport == nil)
  }

  @Test func equalRowsAreDroppedAndListed() throws {
    let harness = try LoadHarness()
    let path = try harness.file(
      "trips.csv",
      LoadHarness.header + LoadHarness.prague + "\n" + LoadHarness.turin + LoadHarness.prague
        + "no trip\n" + LoadHarness.prague)
    let receipt = try harness.load([path], try options(.drop))
    let ledger = receipt.files[0].ledger
    #expect(ledger.stored == 2)
    #expect(ledger.duplicates == 2)
    #expect(ledger.isBalanced)
    #expect(try harness.rowCount() == 2)
    let lines = try harness.duplicates(receipt).split(separator: "\n")
    #expect(
      lines[0]
        == "duplicate_file,duplicate_line,first_load,first_file,first_line,"
        + "region,origin_coord,destination_coord,datetime,datasource")
    #expect(lines[1].hasPrefix("\(path),5,,\(path),2,Prague,POINT (14.4973794438195 50.0013"))
    #expect(lines[2].hasPrefix("\(path),7,,\(path),2,Prague,"))
    #expect(lines[1].hasSuffix(",2018-05-28 09:03:40,funny_car"))
    #expect(lines.count == 3)
  }

  @Test func linesOfQuotedRecordsAreExact() throws {
    let harness = try LoadHarness()
    let quoted = "\"Pra\ngue\",POINT (1 2),,2018-05-28 09:03:40,\"a\nb\"\n"
    let path = try harness.file("trips.csv", LoadHarness.header + quoted + quoted)
    let receipt = try harness.load([path], try options(.drop))
    #expect(try harness.duplicates(receipt).contains("\(path),5,,\(path),2,\"Pra\ngue\","))
  }

  @Test func rowsOfTheLakeAreTheFirstOnes() throws {
    let harness = try LoadHarness()
    let first = try harness.file("first.csv", LoadHarness.header + LoadHarness.prague)
    let second = try harness.file(
      "second.csv", LoadHarness.header + LoadHarness.prague + LoadHarness.turin)
    _ = try harness.load([first], try options(nil))
    let receipt = try harness.load([second], try options(.drop))
    #expect(receipt.stored == 1)
    #expect(receipt.duplicates == 1)
    let line = try #require(try harness.duplicates(receipt).split(separator: "\n").last)
    #expect(line.hasPrefix("\(second),2,1,data/region=Prague/week=2018-W22/"))
    #expect(line.contains(".trip,,Prague,"))
  }

  @Test(arguments: ["1.5", "2", ""])
  func rowsThatDifferInOneColumnAreNoDuplicates(_ fare: String) throws {
    let harness = try LoadHarness()
    let path = try harness.file(
      "rides.csv", Self.keyedHeader + Self.ride("a") + Self.ride("a", fare: fare))
    var options = try options(.drop)
    let json = Self.keyed.replacing(",\n  \"key\": [\"ride_id\"]", with: "")
    options.definitions = .fixed(try InputDefinition(json: Array(json.utf8)))
    let receipt = try harness.load([path], options)
    #expect(receipt.duplicates == (fare == "1.5" ? 1 : 0))
  }

  @Test func aKeyIsLookedForInAllPartitions() throws {
    let harness = try LoadHarness()
    let first = try harness.file("first.csv", Self.keyedHeader + Self.ride("a") + Self.ride("b"))
    let second = try harness.file(
      "second.csv",
      Self.keyedHeader + Self.ride("c") + Self.ride("a", "Turin", fare: "3") + Self.ride("c", "X")
        + Self.ride("", "Y") + Self.ride("", "Z"))
    _ = try harness.load([first], try options(nil, keyed: true))
    let receipt = try harness.load([second], try options(nil, keyed: true))
    #expect(receipt.stored == 3)
    #expect(receipt.duplicates == 2)
    let report = try harness.duplicates(receipt)
    #expect(report.contains("datasource,ride_id,fare\n"))
    #expect(report.contains("\(second),3,1,data/region=Prague/"))
    #expect(report.contains("\(second),4,,\(second),2,X,"))
    #expect(report.contains(",car,a,3\n"))
  }

  @Test func aFileThatMayHaveNoneFailsAlone() throws {
    let harness = try LoadHarness()
    let good = try harness.file("good.csv", LoadHarness.header + LoadHarness.turin)
    let bad = try harness.file(
      "bad.csv", LoadHarness.header + LoadHarness.prague + LoadHarness.prague)
    let receipt = try harness.load([bad, good], try options(.fail))
    #expect(receipt.files[0].status == .failed)
    #expect(receipt.files[0].error?.code == .duplicateRows)
    #expect(
      receipt.files[0].error?.message
        == "the record at line 3 is a duplicate of the one at \(bad):2")
    #expect(receipt.files[0].ledger.rejected == 2)
    #expect(receipt.files[1].status == .loaded)
    #expect(try harness.rowCount() == 1)
  }

  /// A file that fails takes its rows along, so a later row that is equal to one of them is a first one.
  @Test(arguments: [1, 2], [1 << 20, 2])
  func rowsOfAFailedFileAreNoFirstOnes(_ threadCount: Int, _ rowLimit: Int) throws {
    let harness = try LoadHarness()
    let bad = try harness.file(
      "bad.csv",
      LoadHarness.header + LoadHarness.prague + LoadHarness.turin + "no\nno\nno\n")
    let good = try harness.file("good.csv", LoadHarness.header + LoadHarness.prague)
    let receipt = try harness.load(
      [bad, good],
      try options(.drop, threadCount: threadCount, rowLimit: rowLimit, chunkByteCount: 64))
    #expect(receipt.files.map(\.status) == [.failed, .loaded])
    #expect(receipt.duplicates == 0)
    #expect(try harness.rowCount() == 1)
  }

  /// Random rows with many equal ones, cut into epochs, files and chunks of all kinds: as a set of rows.
  @Test(arguments: 0..<12)
  func asASetOfRows(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let harness = try LoadHarness()
    var expected: Set<String> = []
    var paths: [String] = []
    for number in 0..<4 {
      var text = LoadHarness.header
      for _ in 0..<60 {
        let row = Self.randomRow(&random)
        expected.insert(row)
        text += row
      }
      paths.append(try harness.file("\(number).csv", text))
    }
    let rowLimit = [7, 50, 1000][Int(seed % 3)]
    let loads = seed % 2 == 0 ? [paths] : [Array(paths[..<2]), Array(paths[2...])]
    var stored: UInt64 = 0
    for load in loads {
      let receipt = try harness.load(
        load,
        try options(
          .drop, threadCount: 1 + Int(seed % 2), rowLimit: rowLimit, chunkByteCount: 200))
      #expect(receipt.files.allSatisfy { $0.ledger.isBalanced })
      #expect(receipt.stored + receipt.duplicates == UInt64(load.count * 60))
      stored += receipt.stored
    }
    #expect(stored == UInt64(expected.count), "seed \(seed)")
    #expect(try harness.rowCount() == UInt64(expected.count), "seed \(seed)")
  }

  private static func randomRow(_ random: inout SeededRandom) -> String {
    let region = ["A", "B"][Int(random.next() % 2)]
    let x = Int(random.next() % 3)
    let destination = random.next() % 2 == 0 ? "" : "POINT (1 2)"
    let second = random.next() % 3
    let source = ["s", "t"][Int(random.next() % 2)]
    return "\(region),POINT (\(x) 5),\(destination),2018-05-28 09:03:0\(second),\(source)\n"
  }
}

extension LoadHarness {
  /// The text of the duplicates file of a receipt.
  fileprivate func duplicates(_ receipt: LoadReceipt) throws -> String {
    try text(of: try #require(receipt.duplicateReport))
  }
}
