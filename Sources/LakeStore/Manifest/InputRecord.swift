package import LakeBytes
package import TripModel

/// The balanced account of one input: `records = header + blank + comment + stored + duplicates +
/// rejected`. `lines` stands beside it, for a record may span lines.
package struct InputLedger: Hashable, Sendable {
  package var lines: UInt64 = 0
  package var records: UInt64 = 0
  package var header: UInt64 = 0
  package var blank: UInt64 = 0
  package var comment: UInt64 = 0
  package var stored: UInt64 = 0
  package var duplicates: UInt64 = 0
  package var rejected: UInt64 = 0

  package init() {}

  package init(
    lines: UInt64, records: UInt64, header: UInt64, blank: UInt64, comment: UInt64,
    stored: UInt64, duplicates: UInt64, rejected: UInt64
  ) {
    self.lines = lines
    self.records = records
    self.header = header
    self.blank = blank
    self.comment = comment
    self.stored = stored
    self.duplicates = duplicates
    self.rejected = rejected
  }

  package var isBalanced: Bool {
    var sum: UInt64 = 0
    for part in [header, blank, comment, stored, duplicates, rejected] {
      let (next, overflow) = sum.addingReportingOverflow(part)
      if overflow { return false }
      sum = next
    }
    return sum == records
  }
}

/// One input file that a load took in.
package struct InputRecord: Hashable, Sendable {
  /// XXH3-128 of all its bytes: the same bytes are the same input, whatever the name.
  package var identity: Digest128
  package var byteCount: UInt64
  /// The path as the user gave it.
  package var path: ByteString
  /// The load that took it in; filled in by the commit.
  package var load: UInt64
  package var ledger: InputLedger
  /// XXH3-128 of its first MiB: a hint to hash early, never a proof.
  package var headDigest: Digest128
  /// The name of the input definition it was read with.
  package var definition: ByteString

  package init(
    identity: Digest128, byteCount: UInt64, path: ByteString, load: UInt64 = 0,
    ledger: InputLedger, headDigest: Digest128, definition: ByteString
  ) {
    self.identity = identity
    self.byteCount = byteCount
    self.path = path
    self.load = load
    self.ledger = ledger
    self.headDigest = headDigest
    self.definition = definition
  }
}
