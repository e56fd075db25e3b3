internal import CZstd

/// The one door to libzstd's compressor.
package struct ZstandardCompressor: ~Copyable {
  /// Zstandard's own default: a good size for a moderate time.
  private static let level: Int32 = 3

  /// Made at first use: it asks the processor what it can, which takes long in a virtual machine.
  private var context: OpaquePointer?

  package init() {}

  deinit {
    ZSTD_freeCCtx(context)
  }

  private mutating func usableContext() -> OpaquePointer {
    if let context { return context }
    guard let made = ZSTD_createCCtx() else { preconditionFailure("out of memory") }
    context = made
    return made
  }

  /// Appends `bytes` to `target` as one Zstandard frame.
  ///
  /// - Returns: Whether the frame is at most `limit` bytes long; if not, `target` is as before.
  package mutating func compress(
    _ bytes: Span<UInt8>, atMost limit: Int, appendingTo target: inout ColumnBuffer<UInt8>
  ) -> Bool {
    let context = usableContext()
    let before = target.count
    // Safe because libzstd is told both lengths.
    target.appendUnsafe(upTo: limit) { free in
      bytes.withUnsafeBytes { source in
        let written = ZSTD_compressCCtx(
          context, free.baseAddress, free.count, source.baseAddress, source.count, Self.level)
        return ZSTD_isError(written) == 0 ? Int(written) : 0
      }
    }
    return target.count > before
  }
}

/// The one door to libzstd's decompressor.
package struct ZstandardDecompressor: ~Copyable {
  /// Made at first use, as the compressor's.
  private var context: OpaquePointer?

  package init() {}

  deinit {
    ZSTD_freeDCtx(context)
  }

  private mutating func usableContext() -> OpaquePointer {
    if let context { return context }
    guard let made = ZSTD_createDCtx() else { preconditionFailure("out of memory") }
    context = made
    return made
  }

  /// Appends the content of one Zstandard frame to `target`.
  ///
  /// - Parameter byteCount: What the content must be long; no more is ever written. The caller has bounded it.
  /// - Returns: Whether `bytes` are one frame of exactly that content; if not, `target` is as before.
  package mutating func decompress(
    _ bytes: Span<UInt8>, byteCount: Int, appendingTo target: inout ColumnBuffer<UInt8>
  ) -> Bool {
    let context = usableContext()
    var isComplete = false
    // Safe because libzstd is told both lengths.
    target.appendUnsafe(upTo: byteCount) { free in
      bytes.withUnsafeBytes { source in
        let written = ZSTD_decompressDCtx(
          context, free.baseAddress, free.count, source.baseAddress, source.count)
        isComplete = ZSTD_isError(written) == 0 && Int(written) == byteCount
        return isComplete ? byteCount : 0
      }
    }
    return isComplete
  }
}
