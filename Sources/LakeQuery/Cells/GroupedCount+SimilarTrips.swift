extension GroupedCount {
  /// The question for similar trips: from one cell of `grid` to another in the same slot of the local day.
  ///
  /// A trip without a destination, or of which a coordinate is not a number, has no cell there; those that have
  /// the other cell and the slot in common are a group.
  ///
  /// - Parameter perWeek: Whether each week is counted by itself.
  package static func similarTrips(_ filter: TripFilter, perWeek: Bool = false) -> GroupedCount {
    GroupedCount(
      filter: filter, groupedBy: [.originCell, .destinationCell, .slot] + (perWeek ? [.week] : []))
  }
}
