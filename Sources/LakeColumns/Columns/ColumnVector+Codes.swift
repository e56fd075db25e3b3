package import TripModel

extension ColumnVector {
  /// The codes that the dictionary has for other texts; `nil` where it lacks one.
  ///
  /// - Precondition: The texts ascend, and so does the dictionary.
  /// - Complexity: O(d) in the texts of the dictionary; O(1) comparisons where it is the same array.
  package func codes(of texts: [ByteString]) -> [UInt32]? {
    if texts == dictionary { return dictionary.indices.map { UInt32($0) } }
    var codes: [UInt32] = []
    codes.reserveCapacity(texts.count)
    var code = 0
    for text in texts {
      while code < dictionary.count, dictionary[code] < text { code += 1 }
      guard code < dictionary.count, dictionary[code] == text else { return nil }
      codes.append(UInt32(code))
    }
    return codes
  }
}
