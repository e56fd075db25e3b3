package import TripModel

/// A trip matches where it has one of the routes of its region that are asked for.
package struct RouteCondition: Hashable, Sendable {
  /// The number of the trips without a route.
  package static let none = 0

  /// From 1; `none` asks for the trips that have no route.
  package let numbers: Set<Int>
  private let models: [ByteString: RouteModel]

  /// - Parameter models: Of distinct regions; a trip of any other region has no route.
  package init(numbers: Set<Int>, models: [RouteModel]) {
    self.numbers = numbers
    self.models = Dictionary(uniqueKeysWithValues: models.map { ($0.region, $0) })
  }

  func model(of region: ByteString) -> RouteModel? { models[region] }

  /// What is proven of the trips of a region.
  ///
  /// - Parameter haveDestinations: Whether one of them may have a destination.
  func verdict(region: ByteString, haveDestinations: Bool) -> PruningVerdict {
    guard haveDestinations, let model = models[region] else {
      return numbers.contains(Self.none) ? .cover : .skip
    }
    return numbers.contains { $0 <= model.routes.count } ? .scan : .skip
  }
}
