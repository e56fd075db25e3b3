internal import LakeQuery
package import TripModel

/// What trips are told by: regions, sources, areas, routes.
extension SummaryContent {
  var regionRows: [[SQLValue]] {
    kept(tables.regions, \.tally.trips).map { region in
      [.text(region.name.bytes)] + values(of: region.tally) + [
        .text(region.firstWeek.text), .text(region.lastWeek.text),
      ]
    }
  }

  var sourceRows: [[SQLValue]] {
    kept(tables.sources, \.tally.trips).map { source in
      [.text(source.name.bytes)] + values(of: source.tally)
    }
  }

  var areaRows: [[SQLValue]] {
    tables.areas.sorted { $0.name < $1.name }.map { Self.row(of: $0) }
  }

  /// The row of `areas` for one of them.
  package static func row(of area: Area) -> [SQLValue] {
    [
      .text(area.name.bytes), .text(area.shape.polygons.isEmpty ? "box" : "polygons"),
      .real(area.box.west), .real(area.box.south), .real(area.box.east), .real(area.box.north),
      .text(GeoJSON.text(of: area.shape)),
    ]
  }

  /// None of a region that is left out.
  var routeRows: [[SQLValue]] {
    let regions = Set(kept(tables.regions, \.tally.trips).map(\.name))
    return tables.routeModels.filter { regions.contains($0.region) }.flatMap(Self.rows)
  }

  /// The rows of `routes` for one region.
  package static func rows(of model: RouteModel) -> [[SQLValue]] {
    model.routes.enumerated().map { index, route in
      [
        .text(model.region.bytes), .integer(Int64(index + 1)), .real(route.originX),
        .real(route.originY), .real(route.destinationX), .real(route.destinationY),
        .integer(Int64(clamping: route.tripCount)), .real(model.metresPerDegreeX),
        .real(model.metresPerDegreeY),
      ]
    }
  }

  var sourceRegionRows: [[SQLValue]] {
    kept(tables.sourceRegions, \.tally.trips).map { row in
      [.text(row.source.bytes), .text(row.region.bytes)] + values(of: row.tally)
    }
  }
}
