@testable import LakeIngest

/// Text with the readable bytes around it that kernels ask for; digits, so that a kernel that took them for the
/// text's would show.
struct PaddedText {
  private let bytes: [UInt8]
  private let count: Int

  init(_ text: String) {
    count = text.utf8.count
    bytes =
      Array(repeating: 0x37, count: Chunk.frontPadding) + Array(text.utf8)
      + Array(repeating: 0x37, count: Chunk.padding)
  }

  func withPointers<Result>(
    _ body: (UnsafePointer<UInt8>, UnsafePointer<UInt8>) -> Result
  ) -> Result? {
    bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { base in
        let start = base + Chunk.frontPadding
        return body(start, start + count)
      }
    }
  }
}
