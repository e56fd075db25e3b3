internal import Glibc

/// The text of a run of rows; its memory is used again and again.
final class BenchPiece {
  private let bytes: UnsafeMutablePointer<UInt8>
  private let text = BenchTextKernels()
  private(set) var byteCount = 0

  init(rowCount: Int) {
    let capacity = rowCount * BenchTextKernels.rowByteLimit + BenchTextKernels.header.count
    bytes = .allocate(capacity: capacity)
  }

  deinit {
    bytes.deallocate()
  }

  /// Unchecked: `rows` are no more than there is room for.
  func make(_ rows: Range<UInt64>, generator: BenchTripGenerator, withHeader: Bool) {
    var cursor = bytes
    if withHeader {
      for byte in BenchTextKernels.header {
        cursor.pointee = byte
        cursor += 1
      }
    }
    for row in rows { text.write(generator.trip(row), to: &cursor) }
    byteCount = cursor - bytes
  }

  /// - Returns: false where the system refuses; `errno` says why.
  func write(to descriptor: Int32) -> Bool {
    var written = 0
    while written < byteCount {
      let count = Glibc.write(descriptor, bytes + written, byteCount - written)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      written += count
    }
    return true
  }
}
