internal import LakeBytes
internal import TripModel

/// The shapes that the sections of a manifest share.
extension ByteCursor {
  /// A count of elements of at least `elementByteCount` bytes each, of which that many can follow.
  mutating func readCount(elementByteCount: Int) throws(ByteError) -> Int {
    let place = offset
    let count = Int(try read(UInt32.self))
    guard count <= remaining / elementByteCount else {
      throw ByteError(.truncated, at: place, "\(count) records do not fit into the section")
    }
    return count
  }

  /// Bytes behind their count.
  mutating func readCounted() throws(ByteError) -> ByteString {
    let count = Int(try read(UInt32.self))
    return ByteString(bytes: try readBytes(count: count))
  }

  mutating func readTransactionID() throws(ByteError) -> TransactionID {
    let digest = try readDigest()
    return TransactionID(high: digest.high, low: digest.low)
  }

  func expectEnd() throws(ByteError) {
    guard remaining == 0 else {
      throw ByteError(.outOfRange, at: offset, "\(remaining) bytes are left over")
    }
  }
}

extension ByteWriter {
  mutating func append(counted text: ByteString) {
    append(UInt32(text.byteCount))
    append(contentsOf: text.bytes)
  }

  mutating func append(_ id: TransactionID) {
    append(id.low)
    append(id.high)
  }
}
