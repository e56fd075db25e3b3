/// One kind of damage each, done to the golden file `two-blocks`, or `nullable-columns`. Those below `forged` have every checksum made
/// to fit again, so that the checks behind the checksums must find them.
struct CorruptCase: Sendable {
  let name: String
  /// The golden file.
  let base: GoldenCase
  let damage: @Sendable (inout [UInt8]) -> Void

  init(
    _ name: String, to base: GoldenCase = .twoBlocks,
    _ damage: @escaping @Sendable (inout [UInt8]) -> Void
  ) {
    self.name = name
    self.base = base
    self.damage = damage
  }

  /// Writes a number into a section, at `offset` from its start, or from its end where negative.
  private static func forged(
    _ name: String, section kind: UInt16, tag: UInt32 = 0, at offset: Int, _ number: UInt64,
    width: Int
  ) -> CorruptCase {
    CorruptCase(name) { bytes in
      guard let section = ForgedFile.section(kind, tag: tag, of: bytes) else { return }
      let start = offset < 0 ? section.upperBound : section.lowerBound
      ForgedFile.store(number, width: width, at: start + offset, &bytes)
      ForgedFile.repairChecksums(&bytes)
    }
  }

  /// Writes a byte into the first page of the file, that of the first column.
  private static func forgedPage(_ name: String, at offset: Int, _ byte: UInt8) -> CorruptCase {
    CorruptCase(name) { bytes in
      bytes[16 + offset] = byte
      ForgedFile.repairChecksums(&bytes)
    }
  }

  /// Flips bits of a byte in the first page of the `index`th column of `nullable-columns`.
  private static func forgedNulls(
    _ name: String, column index: Int, at offset: Int, _ bits: UInt8
  ) -> CorruptCase {
    CorruptCase(name, to: .nullableColumns) { bytes in
      guard let pages = ForgedFile.section(3, of: bytes) else { return }
      let lengths = (0..<index).map { page in
        Int(ForgedFile.number(bytes, at: pages.lowerBound + page * 4, width: 4))
      }
      bytes[16 + lengths.reduce(0, +) + offset] ^= bits
      ForgedFile.repairChecksums(&bytes)
    }
  }

  /// Writes a number into the entry of the directory that is `index` from its end.
  private static func forgedEntry(
    _ name: String, _ index: Int, at offset: Int, _ number: UInt64, width: Int
  ) -> CorruptCase {
    CorruptCase(name) { bytes in
      ForgedFile.store(
        number, width: width, at: bytes.count - 40 - (index + 1) * 40 + offset, &bytes)
      ForgedFile.repairChecksums(&bytes)
    }
  }

  static let all: [CorruptCase] = [
    CorruptCase("empty") { $0 = [] },
    CorruptCase("cut-by-one-byte") { $0.removeLast() },
    CorruptCase("cut-in-half") { $0.removeLast($0.count / 2) },
    CorruptCase("one-byte-more") { $0.append(0) },
    CorruptCase("all-zero") { $0 = [UInt8](repeating: 0, count: $0.count) },
    CorruptCase("line-ends-changed") { $0.remove(at: 5) },
    CorruptCase("magic-at-the-end") { $0[$0.count - 1] ^= 1 },
    CorruptCase("version-2-header") { $0[8] = 2 },
    CorruptCase("version-2-trailer") { $0[$0.count - 12] = 2 },
    CorruptCase("reserved-header-byte") { $0[12] = 1 },
    CorruptCase("file-size") { $0[$0.count - 40] ^= 1 },
    CorruptCase("bit-in-a-page") { $0[40] ^= 4 },
    CorruptCase("bit-in-a-dictionary") { bytes in
      guard let section = ForgedFile.section(1, tag: 7, of: bytes) else { return }
      bytes[section.lowerBound + 20] ^= 1
    },
    CorruptCase("bit-in-the-zone-maps") { bytes in
      guard let section = ForgedFile.section(4, of: bytes) else { return }
      bytes[section.lowerBound + 3] ^= 0x80
    },
    CorruptCase("bit-in-the-directory") { $0[$0.count - 41] ^= 1 },
    CorruptCase("section-count-huge") { ForgedFile.store(.max, width: 4, at: $0.count - 32, &$0) },

    forgedEntry("forged-unknown-required-section", 0, at: 0, 6, width: 2),
    forgedEntry("forged-section-flag", 0, at: 2, 2, width: 2),
    forgedEntry("forged-section-order", 0, at: 0, 3, width: 2),
    forgedEntry("forged-section-offset-wraps", 0, at: 8, .max - 3, width: 8),
    forgedEntry("forged-section-length-huge", 0, at: 16, 1 << 63, width: 8),
    forgedEntry("forged-section-overlaps", 1, at: 8, 16, width: 8),
    forged("forged-row-count-negative", section: 2, at: 0, .max, width: 8),
    forged("forged-row-count-huge", section: 2, at: 0, 1 << 62, width: 8),
    forged("forged-row-count-zero", section: 2, at: 0, 0, width: 8),
    forged("forged-row-count-off-by-one", section: 2, at: 0, 67, width: 8),
    forged("forged-block-rows-zero", section: 2, at: 8, 0, width: 4),
    forged("forged-column-count", section: 2, at: 12, 7, width: 2),
    forged("forged-column-type", section: 2, at: 16, 9, width: 1),
    forged("forged-column-order", section: 2, at: 14, 9, width: 2),
    forged("forged-page-length-huge", section: 3, at: 0, .max, width: 4),
    forged("forged-nan-count-above-rows", section: 4, at: 0, 65, width: 4),
    forged("forged-nan-count", section: 4, at: 0, 1, width: 4),
    forged("forged-minimum-above-maximum", section: 4, at: 8, 0x7ff0_0000_0000_0000, width: 8),
    forged("forged-minimum-too-low", section: 4, at: 8, 0xfff0_0000_0000_0000, width: 8),
    forged("forged-null-count-above-rows", section: 4, at: 80, 65, width: 4),
    forged("forged-null-count", section: 4, at: 80, 1, width: 4),
    forged("forged-source-count", section: 5, at: 127, 65, width: 2),
    forged("forged-statistics-flags", section: 5, at: 62, 8, width: 1),
    forged("forged-row-hash-sum", section: 5, at: 22, 1, width: 8),
    forged("forged-dictionary-count", section: 1, tag: 7, at: 0, .max, width: 4),
    forged("forged-dictionary-bomb", section: 1, tag: 7, at: 4, .max, width: 4),
    forged("forged-dictionary-order", section: 1, tag: 7, at: 16, 0x7a, width: 1),
    forgedPage("forged-encoding-zero", at: 0, 0),
    forgedPage("forged-encoding-unknown", at: 0, 99),
    forgedPage("forged-page-flags", at: 1, 4),
    forgedPage("forged-signs", at: 2, 7),
    forgedPage("forged-width", at: 4, 65),
    forgedPage("forged-other-values", at: 24, 1),
    forgedNulls("forged-null-of-int64", column: 4, at: 2, 1),
    forgedNulls("forged-null-of-float64", column: 5, at: 2, 1),
    forgedNulls("forged-null-of-bool", column: 6, at: 2, 1),
    forgedNulls("forged-null-of-text", column: 7, at: 2, 1),
    forgedNulls("forged-null-of-timestamp", column: 8, at: 2, 1),
    forgedNulls("forged-value-for-a-null", column: 4, at: 2, 2),
    forgedNulls("forged-null-moved", column: 4, at: 2, 3),
    forgedNulls("forged-no-bitmap", column: 6, at: 1, 1),
    forgedNulls("forged-bitmap-of-a-full-column", column: 0, at: 1, 1),
  ]
}
