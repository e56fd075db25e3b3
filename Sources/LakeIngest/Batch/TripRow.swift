/// A trip while it is being ingested: a row of 64-bit words in row-major order.
///
/// | word | content |
/// |---|---|
/// | 0, 1 | origin x, y: the doubles' bit patterns |
/// | 2, 3 | destination x, y: likewise, or `absent` in both |
/// | 4 | start time: microseconds since 1970-01-01 UTC |
/// | 5 | bits 0 to 31: the worker's code of the source; 32 to 47: the worker; 48 to 63: the input file |
enum TripRow {
  static let wordCount = 6
  static let byteCount = wordCount * 8

  static let originX = 0
  static let originY = 1
  static let destinationX = 2
  static let destinationY = 3
  static let startTime = 4
  static let provenance = 5

  /// Files that one load may have.
  static let largestFileCount = 1 << 16

  /// Stands for a destination that a trip does not have: a NaN that no number parses to.
  static let absent: UInt64 = 0x7ff8_0000_dead_0001

  @inline(__always)
  static func provenance(fileOrdinal: Int, worker: Int) -> UInt64 {
    UInt64(fileOrdinal) << 48 | UInt64(worker) << 32
  }

  @inline(__always)
  static func fileOrdinal(_ provenance: UInt64) -> Int { Int(provenance >> 48) }

  @inline(__always)
  static func worker(_ provenance: UInt64) -> Int { Int(provenance >> 32 & 0xffff) }

  @inline(__always)
  static func sourceCode(_ provenance: UInt64) -> Int { Int(provenance & 0xffff_ffff) }
}
