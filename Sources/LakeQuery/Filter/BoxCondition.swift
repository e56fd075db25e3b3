package import TripModel

/// Which end of a trip a box is held against.
package enum BoxPlace: String, Hashable, Sendable, CaseIterable {
  case origin
  case destination
  /// At least one of the two ends lies in the box.
  case either
  /// Both ends lie in the box.
  case both
}

/// A trip matches where the end that `place` names lies in `shape`: a box, or polygons.
///
/// Edges belong to both. A destination that is absent lies in none.
package struct BoxCondition: Hashable, Sendable {
  package let shape: AreaShape
  /// The shape itself, or a box that holds all of it.
  package let box: BoundingBox
  package let place: BoxPlace

  package init(_ box: BoundingBox, at place: BoxPlace) {
    self.init(.box(box), at: place)
  }

  package init(_ shape: AreaShape, at place: BoxPlace) {
    self.shape = shape
    box = shape.box
    self.place = place
  }
}
