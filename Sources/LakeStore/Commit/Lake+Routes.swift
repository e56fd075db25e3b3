package import TripModel

extension Lake {
  /// Puts the routes of some regions into the lake, as one commit; those of other regions stay.
  ///
  /// - Parameter models: Of distinct regions; at least one.
  /// - Returns: The version that has them.
  /// - Throws: As `LakeTransaction.commit`.
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
      change.routes = try head.routes().filter { !regions.contains($0.region) } + models
      return change
    }.version
  }
}
