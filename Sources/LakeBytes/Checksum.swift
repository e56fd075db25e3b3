internal import CXXHash

/// XXH3, the one hash of the lake: checksums of pages and sections, identities of inputs, row hashes.
///
/// Source: the XXH3 specification in the xxHash repository; the values do not depend on the machine.
package enum Checksum {
  package static func xxh3_64(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    lake_xxh3_64(bytes.baseAddress, bytes.count)
  }

  package static func xxh3_128(_ bytes: UnsafeRawBufferPointer) -> Digest128 {
    let hash = lake_xxh3_128(bytes.baseAddress, bytes.count)
    return Digest128(high: hash.high64, low: hash.low64)
  }

  package static func xxh3_64(_ bytes: [UInt8]) -> UInt64 {
    bytes.withUnsafeBytes { xxh3_64($0) }
  }

  package static func xxh3_128(_ bytes: [UInt8]) -> Digest128 {
    bytes.withUnsafeBytes { xxh3_128($0) }
  }

  /// The sum modulo 2^128 of the digests of records of `stride` bytes that lie end to end.
  ///
  /// - Precondition: `stride` is positive and divides the count of `bytes`.
  package static func sumOfXXH3_128(_ bytes: UnsafeRawBufferPointer, stride: Int) -> Digest128 {
    precondition(stride > 0 && bytes.count % stride == 0)
    guard var record = bytes.baseAddress else { return .zero }
    var sum = Digest128.zero
    for _ in 0..<bytes.count / stride {
      let hash = lake_xxh3_128(record, stride)
      sum = sum &+ Digest128(high: hash.high64, low: hash.low64)
      record += stride
    }
    return sum
  }

  /// - Precondition: `range` lies inside `bytes`.
  package static func xxh3_128(_ bytes: [UInt8], range: Range<Int>) -> Digest128 {
    bytes.withUnsafeBytes { xxh3_128(UnsafeRawBufferPointer(rebasing: $0[range])) }
  }

  /// - Precondition: `range` lies inside `bytes`.
  package static func xxh3_64(_ bytes: [UInt8], range: Range<Int>) -> UInt64 {
    bytes.withUnsafeBytes { xxh3_64(UnsafeRawBufferPointer(rebasing: $0[range])) }
  }
}

/// XXH3-128 of bytes that arrive in pieces.
package struct StreamingDigest: ~Copyable {
  private let state: UnsafeMutableRawPointer

  package init() {
    guard let state = lake_xxh3_create() else { preconditionFailure("out of memory") }
    self.state = state
  }

  deinit {
    lake_xxh3_free(state)
  }

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    lake_xxh3_update(state, bytes.baseAddress, bytes.count)
  }

  /// The digest of all bytes so far; more may follow.
  package func value() -> Digest128 {
    let hash = lake_xxh3_digest(state)
    return Digest128(high: hash.high64, low: hash.low64)
  }
}
