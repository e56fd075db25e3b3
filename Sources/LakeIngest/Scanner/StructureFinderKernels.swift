#if arch(x86_64)
  internal import CVector
#endif

/// The bytes of a block of 64 that matter, one bit for each.
struct StructureMasks {
  /// Delimiters, line feeds and carriage returns.
  var structure: UInt64
  var lineFeeds: UInt64
}

/// Looks at 64 bytes at a time. Unchecked: that many can be read.
struct StructureFinder {
  private let delimiter: UInt8

  init(delimiter: UInt8) {
    self.delimiter = delimiter
  }

  #if arch(x86_64)
    private var carriageReturns = _mm256_setzero_si256()

    /// Whether any block so far held one.
    var hasCarriageReturns: Bool { _mm256_movemask_epi8(carriageReturns) != 0 }

    @inline(__always)
    mutating func masks(_ bytes: UnsafePointer<UInt8>) -> StructureMasks {
      let low = half(bytes)
      let high = half(bytes + 32)
      return StructureMasks(
        structure: UInt64(low.structure) | UInt64(high.structure) << 32,
        lineFeeds: UInt64(low.lineFeeds) | UInt64(high.lineFeeds) << 32)
    }

    @inline(__always)
    private mutating func half(
      _ bytes: UnsafePointer<UInt8>
    ) -> (structure: UInt32, lineFeeds: UInt32) {
      let bytes = UnsafeRawPointer(bytes).loadUnaligned(as: __m256i.self)
      let delimiters = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(CChar(bitPattern: delimiter)))
      let lineFeeds = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(0x0a))
      let returns = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(0x0d))
      carriageReturns = _mm256_or_si256(carriageReturns, returns)
      let structure = _mm256_or_si256(_mm256_or_si256(delimiters, lineFeeds), returns)
      return (
        UInt32(bitPattern: _mm256_movemask_epi8(structure)),
        UInt32(bitPattern: _mm256_movemask_epi8(lineFeeds))
      )
    }
  #else
    private(set) var hasCarriageReturns = false

    mutating func masks(_ bytes: UnsafePointer<UInt8>) -> StructureMasks {
      var masks = StructureMasks(structure: 0, lineFeeds: 0)
      for index in 0..<64 {
        let byte = bytes[index]
        let bit: UInt64 = 1 << UInt64(index)
        if byte == Ascii.lineFeed { masks.lineFeeds |= bit }
        if byte == Ascii.carriageReturn { hasCarriageReturns = true }
        if byte == delimiter || byte == Ascii.lineFeed || byte == Ascii.carriageReturn {
          masks.structure |= bit
        }
      }
      return masks
    }
  #endif
}
