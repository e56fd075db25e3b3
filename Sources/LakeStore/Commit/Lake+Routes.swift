package import TripModel

extension Lake {
  /// Puts the routes of some regions into the lake, as one commit; those of other regions stay.
  ///
  /// - Parameter models: Of distinct regions; at least one.
  /// - Returns: The version that has them.
  /// - Throws: As `LakeTransaction.commit`; `ByteError` for models that no reader would take.
  package func keepRoutes(_ models: [RouteModel]) throws -> UInt64 {
    let startTime = environment.wallClockMicroseconds()
    let transaction = try begin()
    defer { transaction.abort() }
    let regions = Set(models.map(\.region))
    return try transaction.commit { head in
      var change = ManifestChange(
        load: LoadRecord(
          kind: .routes, transaction: transaction.id, startTime: startTime,
          endTime: environment.wallClockMicroseconds(), stored: 0, rejected: 0, duplicates: 0))
      let routes = try head.routes().filter { !regions.contains($0.region) } + models
      // A section that could not be read back would stop every later commit.
      _ = try RouteModel.decodeAll(RouteModel.encode(routes), base: 0)
      change.routes = routes
      return change
    }.version
  }
}
