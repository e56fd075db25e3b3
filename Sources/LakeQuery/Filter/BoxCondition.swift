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

/// A trip matches where the end that `place` names lies in `box`.
///
/// The edges belong to the box. A destination that is absent lies in no box.
package struct BoxCondition: Hashable, Sendable {
  package let box: BoundingBox
  package let place: BoxPlace

  package init(_ box: BoundingBox, at place: BoxPlace) {
    self.box = box
    self.place = place
  }
}
