internal import LakeBytes

/// What an input's bytes are known by.
struct InputIdentity: Hashable, Sendable {
  /// XXH3-128 of all bytes.
  let digest: Digest128
  let byteCount: Int
  /// XXH3-128 of the first `headByteCount` bytes: a hint that the file may be known, never a proof.
  let headDigest: Digest128

  static let headByteCount = 1 << 20
}

/// Makes an input's identity while its bytes pass by.
struct InputIdentityBuilder: ~Copyable {
  private var whole = StreamingDigest()
  private var head = StreamingDigest()
  private(set) var byteCount = 0

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    whole.update(bytes)
    let headLeft = InputIdentity.headByteCount - byteCount
    if headLeft > 0 {
      head.update(UnsafeRawBufferPointer(rebasing: bytes.prefix(headLeft)))
    }
    byteCount += bytes.count
  }

  func identity() -> InputIdentity {
    InputIdentity(digest: whole.value(), byteCount: byteCount, headDigest: head.value())
  }
}

extension InputFile {
  /// The identity of the whole file, by a pass of its own over it.
  func identity() throws(IngestError) -> InputIdentity {
    try identity(ofFirst: Int.max)
  }

  /// The digest of the first bytes, for the hint.
  func headDigest() throws(IngestError) -> Digest128 {
    try identity(ofFirst: InputIdentity.headByteCount).headDigest
  }

  private func identity(ofFirst limit: Int) throws(IngestError) -> InputIdentity {
    var builder = InputIdentityBuilder()
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: InputIdentity.headByteCount, alignment: 64)
    defer { buffer.deallocate() }
    guard let base = buffer.baseAddress else { return builder.identity() }
    while builder.byteCount < limit {
      let wanted = min(buffer.count, limit - builder.byteCount)
      let count = try read(at: builder.byteCount, into: base, count: wanted)
      if count == 0 { break }
      builder.add(UnsafeRawBufferPointer(start: base, count: count))
    }
    return builder.identity()
  }
}
