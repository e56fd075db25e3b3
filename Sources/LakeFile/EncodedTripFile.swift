package import LakeBytes

/// What the manifest says of a trip file that was encoded to its end.
package struct TripFileEnd: Sendable {
  /// Together with the size it vouches for every byte of the file.
  package let footerDigest: Digest128
  package let statistics: TripFileStatistics

  package init(footerDigest: Digest128, statistics: TripFileStatistics) {
    self.footerDigest = footerDigest
    self.statistics = statistics
  }
}

/// A whole trip file.
package struct EncodedTripFile: Sendable {
  package let bytes: [UInt8]
  package let end: TripFileEnd

  package init(bytes: [UInt8], end: TripFileEnd) {
    self.bytes = bytes
    self.end = end
  }
}
