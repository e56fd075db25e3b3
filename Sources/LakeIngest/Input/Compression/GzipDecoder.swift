internal import CZlib

/// The one door to zlib: files of one gzip member or several, each with its checksum (RFC 1952).
final class GzipDecoder: InputDecoder {
  private let stream: UnsafeMutablePointer<z_stream>
  private(set) var isAtBorder = true

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard lake_inflate_gzip_begin(stream) == Z_OK else { preconditionFailure("out of memory") }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  func decode(
    _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) throws(IngestError) -> (taken: Int, made: Int) {
    // Safe because zlib is told both lengths; they are those of chunks, far below 4 GB.
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: source.bindMemory(to: UInt8.self).baseAddress)
    stream.pointee.avail_in = UInt32(clamping: source.count)
    stream.pointee.next_out = target.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.avail_out = UInt32(clamping: target.count)
    let code = inflate(stream, Z_NO_FLUSH)
    let taken = source.count - Int(stream.pointee.avail_in)
    let made = target.count - Int(stream.pointee.avail_out)
    switch code {
    case Z_OK, Z_BUF_ERROR:
      isAtBorder = isAtBorder && taken == 0
    case Z_STREAM_END:
      // Another member may follow.
      inflateReset(stream)
      isAtBorder = true
    default:
      throw IngestError(.damagedCompression, Self.reason(code, isAtBorder: isAtBorder))
    }
    return (taken, made)
  }

  private static func reason(_ code: Int32, isAtBorder: Bool) -> String {
    if code == Z_MEM_ERROR { return "there is no memory to decompress it" }
    return isAtBorder
      ? "what stands there is no gzip member"
      : "the gzip data are damaged: a checksum or code is wrong"
  }
}
