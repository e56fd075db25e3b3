internal import LakeBytes

enum PageChecksumKernels {
  /// The checksum that the page directory keeps.
  static func checksum(_ page: Span<UInt8>) -> UInt64 {
    // Safe because the pointer does not leave the closure.
    page.withUnsafeBytes { Checksum.xxh3_64($0) }
  }
}
