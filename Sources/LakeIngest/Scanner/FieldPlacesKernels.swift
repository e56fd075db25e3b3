/// Where the fields of a chunk's records lie, as bytes from the chunk's start.
///
/// Unchecked: records and fields are those of the table that it comes from, which has not scanned again.
struct FieldPlaces {
  /// Field after field, record after record.
  let starts: UnsafePointer<UInt32>
  /// What is added to a start: 1 where the place of the delimiter before the field stands for it.
  let startShift: UInt32
  let ends: UnsafePointer<UInt32>
  let fieldCount: Int

  @inline(__always)
  func start(_ field: Int, record: Int) -> Int {
    Int(starts[record &* fieldCount &+ field] &+ startShift)
  }

  @inline(__always)
  func end(_ field: Int, record: Int) -> Int {
    Int(ends[record &* fieldCount &+ field])
  }
}
