package import LakeBytes
package import TripModel

/// The hash of a row's values, by which rows are balanced and compared across files.
///
/// XXH3-128 of the row's record: for each user column with a value, ascending by id and the region
/// included, the id as u16 and then the 64-bit word; for text, the XXH3-128 of its bytes instead of a word.
/// Format: `formats/trip-file/v1.md`, "Row hash".
package enum RowHash {
  /// A value as the hash sees it.
  package enum Value: Sendable {
    /// Any type but text: the 64-bit word.
    case word(UInt64)
    case text(ByteString)
  }

  /// Whether a column belongs to the row as the user gave it; system columns do not.
  package static func includes(_ id: ColumnID) -> Bool {
    id < .load || id >= .firstExtra
  }

  /// The hash of one row. `RowHashSum` is the fast way for many.
  ///
  /// - Precondition: `values` ascend by id and begin with the region.
  package static func hash(_ values: [(id: ColumnID, value: Value)]) -> Digest128 {
    var record = ByteWriter()
    for (id, value) in values where includes(id) {
      record.append(id.rawValue)
      switch value {
      case .word(let word): record.append(word)
      case .text(let text): record.append(Checksum.xxh3_128(text.bytes))
      }
    }
    return Checksum.xxh3_128(record.bytes)
  }
}
