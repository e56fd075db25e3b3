internal import CZstd

/// Decodes files of one Zstandard frame or several, skippable ones among them (RFC 8878).
final class ZstandardDecoder: InputDecoder {
  private let context: OpaquePointer
  private(set) var isAtBorder = true

  init() {
    guard let context = ZSTD_createDCtx() else { preconditionFailure("out of memory") }
    self.context = context
  }

  deinit {
    ZSTD_freeDCtx(context)
  }

  func decode(
    _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) throws(IngestError) -> (taken: Int, made: Int) {
    // Safe because libzstd is told both lengths.
    var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
    var output = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
    let left = ZSTD_decompressStream(context, &output, &input)
    guard ZSTD_isError(left) == 0 else {
      throw IngestError(
        .damagedCompression,
        "the Zstandard data are damaged: \(String(cString: ZSTD_getErrorName(left)))")
    }
    isAtBorder = left == 0 || (isAtBorder && input.pos == 0)
    return (input.pos, output.pos)
  }
}
