package import LakeBytes

/// The complete bytes of a trip file, with what the manifest says of it.
package struct EncodedTripFile: Sendable {
  package let bytes: [UInt8]
  /// Together with the size it vouches for every byte of the file.
  package let footerDigest: Digest128
  package let statistics: TripFileStatistics

  package init(bytes: [UInt8], footerDigest: Digest128, statistics: TripFileStatistics) {
    self.bytes = bytes
    self.footerDigest = footerDigest
    self.statistics = statistics
  }
}
