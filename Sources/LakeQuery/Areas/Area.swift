package import TripModel

/// A bounding box with a name, kept beside the lake's data.
package struct Area: Hashable, Sendable {
  package let name: ByteString
  package let box: BoundingBox

  package init(name: ByteString, box: BoundingBox) {
    self.name = name
    self.box = box
  }
}
