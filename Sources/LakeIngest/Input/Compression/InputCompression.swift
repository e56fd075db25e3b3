/// How the bytes of an input file are compressed; told by its first bytes, whatever its name.
enum InputCompression: Hashable, Sendable {
  case none
  case gzip
  case zstandard

  /// How many first bytes tell it.
  static let magicByteCount = 4

  /// - Parameter head: The first bytes of the file, fewer where it is shorter.
  init(head: [UInt8]) {
    if head.starts(with: [0x1f, 0x8b]) {
      self = .gzip
    } else if head.starts(with: [0x28, 0xb5, 0x2f, 0xfd]) || Self.isSkippableFrame(head) {
      self = .zstandard
    } else {
      self = .none
    }
  }

  /// A frame of Zstandard that holds no data.
  private static func isSkippableFrame(_ head: [UInt8]) -> Bool {
    head.count == magicByteCount && head[0] & 0xf0 == 0x50
      && head.dropFirst().elementsEqual([0x2a, 0x4d, 0x18])
  }

  var decoder: (any InputDecoder)? {
    switch self {
    case .none: nil
    case .gzip: GzipDecoder()
    case .zstandard: ZstandardDecoder()
    }
  }
}

/// Turns the bytes of a compressed file into its text, piece by piece.
protocol InputDecoder: AnyObject {
  /// Whether the file may end here: all that was begun is whole.
  var isAtBorder: Bool { get }

  /// Decodes some of `source` into `target`.
  ///
  /// - Returns: The bytes taken from `source` and those put into `target`; not both zero while both have room.
  /// - Throws: `IngestError.damagedCompression`.
  func decode(
    _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) throws(IngestError) -> (taken: Int, made: Int)
}
