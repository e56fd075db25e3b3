package import LakeBytes
package import TripModel

/// The hash of a row's values, by which rows are balanced and compared across files.
///
/// XXH3-128 over the (id, value) pairs of the non-null user columns, ascending by id, region included.
/// Format: `formats/trip-file/v1.md`, "Row hash".
package enum RowHash {
  /// A value as the hash sees it.
  package enum Value {
    /// Any type but text: the 64-bit word.
    case word(UInt64)
    case text(ByteString)
  }

  /// The hash of one row.
  ///
  /// - Precondition: `values` ascend by id and begin with the region.
  package static func hash(_ values: [(id: ColumnID, value: Value)]) -> Digest128 { .zero }
}
