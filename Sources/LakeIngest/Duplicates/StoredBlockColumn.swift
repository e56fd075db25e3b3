internal import LakeColumns
internal import LakeFile
internal import TripModel

/// One column of one block of a trip file.
final class StoredBlockColumn {
  private var words = ColumnBuffer<UInt64>()
  private var validity = ColumnBuffer<UInt64>()

  init(_ reader: TripFileReader, _ id: ColumnID, block: Int) throws(TripFileError) {
    var scratch = PageScratch()
    try reader.decode(
      column: id, block: block, into: &words, validity: &validity, scratch: &scratch)
  }

  /// `nil` where the row has no value.
  func word(_ row: Int) -> UInt64? {
    if !validity.isEmpty, validity[row / 64] >> UInt64(row % 64) & 1 == 0 { return nil }
    return words[row]
  }
}
