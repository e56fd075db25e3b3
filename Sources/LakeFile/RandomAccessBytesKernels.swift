internal import Glibc

extension RandomAccessBytes {
  /// From so many bytes on, memory is asked for as a whole and not page by page as it is filled.
  private static var populatedByteCount: Int { 1 << 16 }

  /// The bytes of `range`.
  package func read(_ range: Range<Int>) throws -> [UInt8] {
    // Safe because `read` fills all of the destination or throws; bytes of no type need no initial value.
    try [UInt8](unsafeUninitializedCapacity: range.count) { buffer, initializedCount in
      let bytes = UnsafeMutableRawBufferPointer(
        rebasing: UnsafeMutableRawBufferPointer(buffer)[..<range.count])
      if bytes.count >= Self.populatedByteCount { Self.populate(bytes) }
      var destination = MutableRawSpan(_unsafeBytes: bytes)
      try read(at: range.lowerBound, into: &destination)
      initializedCount = range.count
    }
  }

  /// Has the kernel bring up all pages of some memory in one call; changes no byte. Where it does not know the call,
  /// it brings them up one by one.
  private static func populate(_ bytes: UnsafeMutableRawBufferPointer) {
    guard let start = bytes.baseAddress else { return }
    let pageByteCount = sysconf(Int32(_SC_PAGESIZE))
    let lead = Int(bitPattern: start) % pageByteCount
    // Safe because the page of the first byte is there as a whole.
    madvise(start - lead, lead + bytes.count, MADV_POPULATE_WRITE)
  }
}
