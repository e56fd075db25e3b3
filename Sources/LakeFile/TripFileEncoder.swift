package import LakeColumns
package import TripModel

/// Encodes rows that are in file order into the bytes of trip files. One per thread: it keeps its scratch.
///
/// Each page is decoded and compared with its values right after it is encoded. The same rows and options
/// always give the same bytes.
package struct TripFileEncoder: ~Copyable {
  package let schema: TripSchema
  package let options: TripFileOptions

  package init(schema: TripSchema, options: TripFileOptions = TripFileOptions()) {
    self.schema = schema
    self.options = options
  }

  /// - Parameter columns: Columns of the schema other than `region`, ascending by id, all of one length.
  ///   Nullable ones may be left out; all others must be there.
  /// - Throws: `TripFileError.invalidRows` where the columns are not as said, or there is no row;
  ///   `TripFileError.encodingMismatch`.
  package mutating func encode(
    key: PartitionKey, columns: [ColumnVector]
  ) throws(TripFileError) -> EncodedTripFile {
    throw TripFileError(.invalidRows, "not built yet")
  }
}
