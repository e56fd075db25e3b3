package import LakeColumns
internal import Synchronization

/// Encoded bytes on their way from an encoder to the disk, which another thread may write.
///
/// The encoder fills their memory again once no one else holds them.
package final class EncodedBytes: Sendable {
  private let buffer: Mutex<ColumnBuffer<UInt8>>

  package init(_ buffer: consuming ColumnBuffer<UInt8> = ColumnBuffer()) {
    self.buffer = Mutex(buffer)
  }

  package init(copying bytes: [UInt8]) {
    var buffer = ColumnBuffer<UInt8>(capacity: bytes.count)
    buffer.append(contentsOf: bytes.span)
    self.buffer = Mutex(buffer)
  }

  package var count: Int { buffer.withLock { $0.count } }

  /// The memory that they take.
  package var memoryByteCount: Int { buffer.withLock { $0.capacity } }

  /// Lends the bytes.
  package func withBytes<Result, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try buffer.withLock { buffer throws(Failure) in try body(buffer.span.bytes) }
  }

  /// Takes the bytes of `output` over, and leaves it memory that is free.
  func exchange(with output: inout ColumnBuffer<UInt8>) {
    buffer.withLock { buffer in
      buffer.removeAll()
      swap(&buffer, &output)
    }
  }
}
