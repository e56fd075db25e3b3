internal import LakeBytes

/// A file's bytes held in memory.
package struct BytesInMemory: RandomAccessBytes {
  private let bytes: [UInt8]

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  package var byteCount: Int { bytes.count }

  /// - Throws: `ByteError.truncated` where the bytes end too early.
  package func read(at offset: Int, into destination: inout MutableRawSpan) throws {
    let count = destination.byteCount
    guard offset >= 0, offset <= bytes.count, count <= bytes.count - offset else {
      throw ByteError(.truncated, at: bytes.count, "\(count) bytes are expected at \(offset)")
    }
    // Safe because the guard keeps the range inside `bytes`, and the destination is `count` bytes long.
    bytes.withUnsafeBytes { source in
      destination.withUnsafeMutableBytes { target in
        target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[offset..<offset + count]))
      }
    }
  }
}
