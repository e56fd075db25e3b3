extension ValidityBitmap {
  /// Replaces `values` by the words of the valid rows.
  static func compact(
    _ words: Span<UInt64>, validity: Span<UInt64>, into values: inout ColumnBuffer<UInt64>
  ) {
    values.removeAll()
    values.reserve(words.count)
    for index in 0..<validity.count {
      var bits = validity[index]
      while bits != 0 {
        values.append(words[index * 64 + bits.trailingZeroBitCount])
        bits &= bits - 1
      }
    }
  }

  /// Replaces `words` by one word a row: the values in their order where the row is valid, else 0.
  ///
  /// - Precondition: `validity` has as many one bits as there are values, all of them below `rowCount`.
  static func expand(
    _ values: Span<UInt64>, validity: Span<UInt64>, rowCount: Int,
    into words: inout ColumnBuffer<UInt64>
  ) {
    words.removeAll()
    words.resize(to: rowCount, filling: 0)
    var next = 0
    for index in 0..<validity.count {
      var bits = validity[index]
      while bits != 0 {
        words[index * 64 + bits.trailingZeroBitCount] = values[next]
        next += 1
        bits &= bits - 1
      }
    }
  }
}
