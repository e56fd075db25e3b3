import Testing
import TripModel

@testable import LakeExport

@Suite struct GeoJSONTests {
  @Test func aBoxIsARingAgainstTheClock() throws {
    let box = try #require(BoundingBox(west: 14.25, south: 50, east: 14.5, north: 50.5))
    #expect(
      GeoJSON.text(of: .box(box))
        == #"{"type":"Polygon","coordinates":[[[14.25,50],[14.5,50],[14.5,50.5],[14.25,50.5],[14.25,50]]]}"#
    )
  }

  @Test func aBoxOverTheAntimeridianIsCutThere() throws {
    let box = try #require(BoundingBox(west: 177, south: -20, east: -178, north: -12))
    #expect(
      GeoJSON.text(of: .box(box))
        == #"{"type":"MultiPolygon","coordinates":[[[[177,-20],[180,-20],[180,-12],[177,-12],[177,-20]]],"#
        + #"[[[-180,-20],[-178,-20],[-178,-12],[-180,-12],[-180,-20]]]]}"#)
  }

  /// The outer ring is given with the clock and the hole against it; both are turned.
  @Test func ringsHaveTheDirectionOfTheirPlace() throws {
    let polygon = try #require(
      Polygon(rings: [
        [.init(x: 0, y: 0), .init(x: 0, y: 4), .init(x: 4, y: 4), .init(x: 4, y: 0)],
        [.init(x: 1, y: 1), .init(x: 2, y: 1), .init(x: 2, y: 2)],
      ]))
    #expect(
      GeoJSON.text(of: .polygons([polygon]))
        == #"{"type":"Polygon","coordinates":[[[4,0],[4,4],[0,4],[0,0],[4,0]],[[2,2],[2,1],[1,1],[2,2]]]}"#
    )
  }
}
