import Glibc
import LakeTestSupport
import Testing
import TripModel

@testable import LakeIngest

@Suite struct InputDefinitionTests {
  /// The bytes of a file of the repository, by its path from the root.
  private func repositoryFile(_ path: String, from test: String = #filePath) throws -> [UInt8] {
    let root = test.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    let file = try #require(fopen(root.joined(separator: "/") + "/" + path, "r"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(byte)) }
    return bytes
  }

  @Test func aHeaderWithoutEndIsShownInPart() throws {
    let names = [ByteString](
      repeating: ByteString(bytes: [UInt8](repeating: 0x61, count: 9000)), count: 500)
    let error = #expect(throws: IngestError.self) {
      try HeaderMapping(names: names, definition: .trips)
    }
    #expect(error?.code == .missingColumn)
    #expect((error?.message.utf8.count ?? 0) < 500)
    #expect(error?.message.hasSuffix("aaa …") == true)
  }

  @Test func shippedDefinitionsAreThePublishedOnes() throws {
    #expect(InputDefinition.trips.time.field.names == ["datetime", "date_time"])
    #expect(InputDefinition.shipped.count == 13)
    for (json, definition) in zip(ShippedDefinitions.all, InputDefinition.shipped) {
      let published = try repositoryFile("formats/inputs/\(definition.name).json")
      #expect(published == Array(json.utf8), "\(definition.name)")
    }
  }

  @Test func shippedDefinitionsAreToldApart() {
    let identities = InputDefinition.shipped.map(\.identity)
    #expect(Set(identities).count == identities.count)
  }

  @Test(arguments: [
    ("{", "line 1, column 2"),
    ("[]", "name and delimiter"),
    (#"{"name": "x", "delimiter": ",", "colour": 1}"#, "colour is not a part"),
    (trips(#""time": {"zone": "../UTC"}"#, for: "time"), "the zone whose clock"),
    (#"{"name": "x", "delimiter": ",", "time": {"zone": "UTC"}}"#, "region has no list"),
    (#"{"name": "x", "delimiter": ",,", "time": {"zone": "UTC"}}"#, "one ASCII character"),
    (#"{"name": "x", "delimiter": "\n", "time": {"zone": "UTC"}}"#, "one ASCII character"),
    (#"{"name": "x", "delimiter": "é", "time": {"zone": "UTC"}}"#, "one ASCII character"),
    (
      trips(#""time": {"columns": ["t"], "zone": "UTC", "a": 1}"#, for: "time"),
      "a is not a part of time"
    ),
    (
      #"{"name": "x", "delimiter": ",", "time": {"zone": "UTC"}, "region": {"name": 1}}"#,
      "name is not a part of region"
    ),
  ])
  func refuses(_ json: String, _ reason: String) {
    expectRefusal(json, reason)
  }

  /// The shipped definition with another text for one of its members, a line of its own.
  static func trips(_ member: String, for name: String) -> String {
    ShippedDefinitions.trips.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.starts(with: "  \"\(name)\"")
        ? "  \(member)\(line.last == "," ? "," : "")" : String(line)
    }.joined(separator: "\n")
  }

  /// The shipped definition with another member.
  static func trips(_ member: String) -> String {
    ShippedDefinitions.trips.dropLast(3) + ",\n  " + member + "\n}\n"
  }

  @Test(arguments: [("0", 0), ("7", 7), ("13", 13)])
  func takesDecimals(_ text: String, _ decimals: Int) throws {
    let definition = try InputDefinition(json: Array(Self.trips("\"decimals\": \(text)").utf8))
    #expect(definition.decimals == decimals)
    #expect(definition.identity != InputDefinition.trips.identity)
  }

  @Test(arguments: ["-1", "14", "7.5", "\"7\"", "null", "1e30"])
  func refusesOtherDecimals(_ text: String) {
    expectRefusal(Self.trips("\"decimals\": \(text)"), "a whole number from 0 to 13")
  }

  @Test func everyPartIsInTheIdentity() throws {
    let changes = [
      ("\",\"", "\";\""), ("\"region\"]", "\"area\"]"), ("origin_coord", "o"),
      ("destination_coord", "d"), ("date_time", "t"), ("datasource", "s"),
      ("[\"datetime\", \"date_time\"]", "[\"date_time\", \"datetime\"]"), ("trips", "trips2"),
    ]
    let identities = try changes.map { old, new in
      let parts = ShippedDefinitions.trips.components(around: old)
      return try InputDefinition(json: Array((parts.0 + new + parts.1).utf8)).identity
    }
    let all = identities + [InputDefinition.trips.identity]
    #expect(Set(all).count == all.count)
    #expect(
      InputDefinition.trips.identity.displayText == "trips#9ef248195d5cbd6a25049d3b5969aacd")
  }

  private func expectRefusal(_ json: String, _ reason: String) {
    do {
      _ = try InputDefinition(json: Array(json.utf8))
      Issue.record("accepted \(json)")
    } catch {
      #expect(error.code == .invalidDefinition)
      #expect(error.message.contains(reason), "\(error.message)")
    }
  }
}

@Suite struct HeaderMappingTests {
  private func map(_ header: String) throws -> HeaderMapping {
    var reader = HeaderReader(Array(header.utf8), delimiter: Ascii.comma, isWhole: true)
    let names = try #require(try reader.read())
    return try HeaderMapping(names: names, definition: .trips)
  }

  @Test func columnsAreFoundInAnyOrderAndCase() throws {
    let mapping = try map(
      "\u{feff}\n DataSource ,extra,DATE_TIME,destination_coord,\"Region\",origin_coord\r\n")
    #expect(mapping.source == 0)
    #expect(mapping.time == 2)
    #expect(mapping.destination == .point(3))
    #expect(mapping.region == 4)
    #expect(mapping.origin == .point(5))
    #expect(mapping.ignored == [1])
    #expect(mapping.fieldCount == 6)
  }

  @Test func aMissingColumnIsNamedWithTheHeader() throws {
    let error = #expect(throws: IngestError.self) {
      try map("region,origin_coord,destination_coord,when,datasource\n")
    }
    #expect(error?.code == .missingColumn)
    #expect(error?.message.contains("datetime is missing") == true)
    #expect(error?.message.contains("region,origin_coord,destination_coord,when") == true)
  }

  @Test func aColumnTwiceIsRefused() throws {
    let error = #expect(throws: IngestError.self) {
      try map("region,origin_coord,destination_coord,datetime,date_time,datasource\n")
    }
    #expect(error?.code == .duplicateColumn)
  }

  @Test func utf16IsNamed() {
    var reader = HeaderReader([0xff, 0xfe, 0x72, 0], delimiter: Ascii.comma, isWhole: true)
    let error = #expect(throws: IngestError.self) { try reader.read() }
    #expect(error?.code == .unsupportedText)
  }
}

extension String {
  /// What stands before and behind the first place of `text`.
  fileprivate func components(around text: String) -> (String, String) {
    guard let range = firstRange(of: text) else { return (self, "") }
    return (String(self[..<range.lowerBound]), String(self[range.upperBound...]))
  }
}
