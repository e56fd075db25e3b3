internal import LakeBytes
package import TripModel

/// What is fixed for the life of a lake; stands in the file `LAKE`.
package struct LakeSettings: Hashable, Sendable {
  /// The name of the zone whose local dates make the weeks, as `Europe/Prague`.
  package let zoneName: ByteString
  /// The zone's rules as a TZif file (RFC 8536), kept so that no update of the system moves a stored week.
  package let zoneData: [UInt8]

  package init(zoneName: ByteString, zoneData: [UInt8]) {
    self.zoneName = zoneName
    self.zoneData = zoneData
  }
}

/// The 128 random bits that every manifest of a lake repeats, so that files of two lakes cannot be mixed.
package struct LakeID: Hashable, Sendable {
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// 32 hexadecimal digits, as people and exports name the lake.
  package var hexadecimal: String { Digest128(high: high, low: low).hexadecimal }
}
