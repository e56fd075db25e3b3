package import TripModel

/// One column of the rows of one partition, in file order.
///
/// Every value is a 64-bit word: a float64 its bit pattern, an int64 or timestamp two's complement, a bool 0
/// or 1, a text its index in `dictionary`.
package final class ColumnVector {
  package let definition: ColumnDefinition
  package var words: ColumnBuffer<UInt64>
  /// As `ValidityBitmap` says; `nil` where every row has a value. The word of a null is 0.
  package var validity: ColumnBuffer<UInt64>?
  /// Text columns alone: distinct values in byte order. Values that no row uses are allowed.
  package var dictionary: [ByteString]

  package init(
    definition: ColumnDefinition, words: consuming ColumnBuffer<UInt64> = ColumnBuffer(),
    validity: consuming ColumnBuffer<UInt64>? = nil, dictionary: [ByteString] = []
  ) {
    self.definition = definition
    self.words = words
    self.validity = validity
    self.dictionary = dictionary
  }

  package var rowCount: Int { words.count }
}
