/// Bytes that can be read anywhere: an open file, or memory.
package protocol RandomAccessBytes: Sendable {
  /// How many bytes there are; it does not change while they are read.
  var byteCount: Int { get }

  /// Fills all of `destination` with the bytes that begin at `offset`.
  ///
  /// - Throws: Whatever reading throws; also where the bytes end before `destination` is full.
  func read(at offset: Int, into destination: inout MutableRawSpan) throws
}
