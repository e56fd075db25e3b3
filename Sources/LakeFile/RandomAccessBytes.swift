/// Bytes that can be read anywhere: an open file, or memory.
package protocol RandomAccessBytes: Sendable {
  /// How many bytes there are; it does not change while they are read.
  var byteCount: Int { get }

  /// Fills all of `destination` with the bytes that begin at `offset`.
  ///
  /// - Throws: Whatever reading throws; also where the bytes end before `destination` is full.
  func read(at offset: Int, into destination: inout MutableRawSpan) throws
}

extension RandomAccessBytes {
  /// The bytes of `range`.
  package func read(_ range: Range<Int>) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    var span = bytes.mutableSpan
    var destination = span.mutableBytes
    try read(at: range.lowerBound, into: &destination)
    return bytes
  }
}
