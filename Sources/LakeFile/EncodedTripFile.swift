package import LakeBytes

/// The last bytes of a trip file, mostly all of them, with what the manifest says of it.
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

  /// Where `bytes` begin in the file.
  package var offset: Int { statistics.byteCount - bytes.count }
}
