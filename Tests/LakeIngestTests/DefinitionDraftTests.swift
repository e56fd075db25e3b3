import LakeBytes
import Testing
import TripModel

@testable import LakeIngest

/// Drafts are definitions, and read the file that they were made from.
@Suite struct DefinitionDraftTests {
  private func draft(_ text: String) throws -> (draft: DefinitionDraft, definition: InputDefinition)
  {
    let draft = try #require(try DefinitionDraft(Array(text.utf8), isWhole: true, name: "mine"))
    var writer = JSONWriter(.indented)
    writer.value(draft.json)
    let definition = try InputDefinition(json: writer.bytes)
    if draft.isComplete {
      let choice = DefinitionChoice.fixed(definition)
      #expect(try choice.choose(Array(text.utf8), isWhole: true) != nil)
    }
    return (draft, definition)
  }

  private func axes(_ x: String, _ y: String) -> InputDefinition.PlaceRole {
    .axes(
      x: InputDefinition.Field(names: [ByteString(x)]),
      y: InputDefinition.Field(names: [ByteString(y)]))
  }

  @Test func rolesAreFoundByTheWordsOfNames() throws {
    let (draft, definition) = try draft(
      """
      Trip ID;beginLongitude;beginLatitude;dropLongitude;dropLatitude;Begin At;Drop At;City;Operator;Fare;Riders;Paid
      a1;14.41;50.08;14.45;50.09;2018-05-28 09:03:40;2018-05-28 09:10:00;Prague;x;12.5;2;yes
      a2;14.42;50.07;14.46;50.10;2018-05-28 10:03:40;NULL;Prague;y;NULL;1;no
      """)
    #expect(draft.isComplete)
    #expect(definition.delimiter == UInt8(ascii: ";"))
    #expect(definition.origin == axes("beginlongitude", "beginlatitude"))
    #expect(definition.destination == axes("droplongitude", "droplatitude"))
    #expect(definition.time.field.names == ["begin at"])
    #expect(definition.time.layouts == [.iso] && definition.time.clock == .lake)
    #expect(definition.region == .text(.column(.init(names: ["city"]), otherwise: nil)))
    #expect(definition.source == .column(.init(names: ["operator"]), otherwise: nil))
    #expect(definition.nulls == ["", "NULL"])
    let types = definition.extras.map { "\($0.name.displayText) \($0.type)" }
    #expect(
      types == ["end_time timestamp", "Trip ID text", "Fare float64", "Riders int64", "Paid bool"])
    #expect(definition.key == ["Trip ID"])
  }

  @Test(arguments: [
    ("pickup_lon,pickup_lat", "-73.98,40.75", "pickup_lon", "pickup_lat"),
    ("LATITUDE,LONGITUDE", "40.75,-73.98", "longitude", "latitude"),
    ("y,x", "40.75,-73.98", "x", "y"),
    ("a,b", "-73.981,40.751", "a", "b"),
    ("a,b", "40.751,-73.981", "b", "a"),
    ("a,b", "50.081,14.412", "b", "a"),
  ])
  func theOriginIsFound(_ names: String, _ values: String, _ x: String, _ y: String) throws {
    let (draft, definition) = try draft("\(names),when\n\(values),2018-05-28 09:03:40\n")
    #expect(draft.isComplete && definition.origin == axes(x, y) && definition.destination == nil)
    #expect(draft.doubts.contains { $0.contains("by their values") } == (names == "a,b"))
    #expect(draft.doubts.contains { $0.contains("cannot be told") } == values.hasPrefix("50"))
  }

  @Test func pointsAreFound() throws {
    let (_, definition) = try draft(
      "to_geom,from_geom,ts\nPOINT (14.1 50.1),SRID=4326;POINT(14 50),2018-05-28T09:03:40Z\n")
    #expect(definition.origin == .point(.init(names: ["from_geom"])))
    #expect(definition.destination == .point(.init(names: ["to_geom"])))
    #expect(definition.time.clock == .zone(.utc))
  }

  @Test(arguments: [
    (["2018-05-28 09:03:40", "2018-05-28T09:03:40.5Z"], ["iso"]),
    (["2018-05-28 09:03", "2018-5-8 9:03"], ["YYYY-M-D h:mm"]),
    (["5/28/2018 9:03:40", "5/1/2018 10:03:40"], ["M/D/YYYY h:mm:ss"]),
    (["28/5/2018 9:03", "1/5/2018 10:03"], ["D/M/YYYY h:mm"]),
    (["28.05.2018 09:03", "01.06.2018 10:03"], ["D.M.YYYY h:mm"]),
    (["5/28/18 9:03 PM", "12/28/18 9:03 am"], ["M/D/YY h:mm tt"]),
    (["20180528", "20180529"], ["YYYYMMDD"]),
    (["20180528 090340"], ["YYYYMMDD hhmmss"]),
    (["1527498220", "1527498221"], ["epoch_s"]),
    (["1527498220000"], ["epoch_ms"]),
    (["2018-05-28 09:03:40", "2018-05-28 09:03:41", "5/28/2018 9:03"], ["iso", "M/D/YYYY h:mm"]),
  ])
  func layoutsAreFound(_ times: [String], _ layouts: [String]) throws {
    let rows = times.map { "14.41,50.08,\($0)\n" }.joined()
    let (draft, definition) = try draft("lon,lat,start_time\n" + rows)
    #expect(definition.time.layouts.map(\.text) == layouts)
    #expect(!draft.doubts.contains { $0.contains("read as both") })
  }

  /// What cannot be told by any value is decided by the times that lie closer together, and said.
  @Test func dayAndMonthThatCannotBeToldAreSaid() throws {
    let (draft, definition) = try draft(
      "lon,lat,start_time\n14.41,50.08,01/11/12 10:00\n14.41,50.08,02/11/12 10:00\n"
        + "14.41,50.08,03/11/12 10:00\n")
    #expect(definition.time.layouts.map(\.text) == ["D/M/YY h:mm"])
    #expect(draft.doubts.contains { $0.contains("D/M/YY h:mm or M/D/YY h:mm") })
  }

  /// One value at the end of the sample decides.
  @Test func allValuesAreLookedAt() throws {
    let rows = String(repeating: "14.41,50.08,01/11/12 10:00\n", count: 5000)
    let (draft, definition) = try draft("lon,lat,at\n" + rows + "14.41,50.08,01/13/12 10:00\n")
    #expect(definition.time.layouts.map(\.text) == ["M/D/YY h:mm"])
    #expect(!draft.doubts.contains { $0.contains("read as both") })
  }

  @Test func aFileWithoutAHeaderGetsNames() throws {
    let (draft, definition) = try draft(
      "7,-73.981,40.751,2018-05-28 09:03:40,2018-05-28 09:10:00\n")
    #expect(draft.isComplete)
    guard case .given(let names) = definition.header else {
      Issue.record("the draft has no header")
      return
    }
    #expect(names.count == 5 && names[0] == "column_1")
    #expect(definition.time.field.names == ["column_4"])
    #expect(definition.extras.map(\.name) == [InputDefinition.endTime, "column_1"])
  }

  @Test func namesOfRolesAndNamesTwiceAreLeftAlone() throws {
    let (_, definition) = try draft(
      "lon,lat,at,start_time,z,z,,code\n14.41,50.08,2018-05-28 09:03:40,abc,1,2,3,007\n")
    #expect(definition.time.field.names == ["at"])
    #expect(
      definition.extras.map { "\($0.name.displayText) \($0.type)" } == [
        "start_time_2 text", "code text",
      ])
  }

  @Test func ragsAndCommentsAreSeen() throws {
    let (_, definition) = try draft(
      "# made by hand\nlon|lat|at|n\n14.41|50.08|2018-05-28 09:03:40\n\n14.41|50.08|2018-05-28 09:03:40|1||\n"
    )
    #expect(definition.comment == UInt8(ascii: "#") && definition.isRagged)
    #expect(definition.delimiter == UInt8(ascii: "|"))
    #expect(definition.extras.map(\.type) == [.int64])
  }

  @Test func aFileOfSomethingElseIsNotComplete() throws {
    let (draft, definition) = try draft("name,colour\nx,red\ny,blue\n")
    #expect(!draft.isComplete)
    #expect(
      draft.doubts.contains { $0.contains("a place") }
        && draft.doubts.contains { $0.contains("a time") })
    #expect(definition.origin == axes("?", "?"))
    #expect(try DefinitionDraft(Array("\n \n".utf8), isWhole: true, name: "x") == nil)
  }

  @Test func atMostAsManyExtrasAsATripMayHave() throws {
    let names = (1...70).map { "c\($0)" }.joined(separator: ",")
    let values = (1...70).map(String.init).joined(separator: ",")
    let (draft, definition) = try draft(
      "lon,lat,at,\(names)\n14.41,50.08,2018-05-28 09:03:40,\(values)\n")
    #expect(definition.extras.count == 64)
    #expect(draft.doubts.contains { $0.contains("only the first 64") })
  }
}
