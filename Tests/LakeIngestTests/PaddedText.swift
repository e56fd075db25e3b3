@testable import LakeIngest

/// Text with the readable bytes behind it that kernels ask for.
struct PaddedText {
  private let bytes: [UInt8]
  private let count: Int

  init(_ text: String) {
    count = text.utf8.count
    bytes = Array(text.utf8) + Array(repeating: 0x37, count: Chunk.padding)
  }

  func withPointers<Result>(
    _ body: (UnsafePointer<UInt8>, UnsafePointer<UInt8>) -> Result
  ) -> Result? {
    bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { body($0, $0 + count) }
    }
  }
}
