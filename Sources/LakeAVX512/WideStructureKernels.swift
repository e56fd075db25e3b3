#if arch(x86_64)
  internal import CVector

  /// Finds delimiters and line ends, 64 bytes at a time.
  ///
  /// Unchecked: 63 bytes can be read past the end, and `spareCount` positions more than there are bytes can be written.
  package enum WideStructureKernels {
    /// Places behind the last position that are written to.
    package static let spareCount = 16

    /// Writes the positions of all delimiters and line ends, ascending, of a chunk without quotes.
    package static func structure(
      _ bytes: UnsafePointer<UInt8>, count: Int, delimiter: UInt8,
      positions: UnsafeMutablePointer<UInt32>
    ) -> (positionCount: Int, lineFeedCount: Int, hasCarriageReturns: Bool) {
      var positionCount = 0
      var lineFeedCount = 0
      var carriageReturns: UInt64 = 0
      var block = 0
      while block < count {
        let inside: UInt64 =
          count &- block < 64 ? (1 &<< UInt64(truncatingIfNeeded: count &- block)) &- 1 : ~0
        let text = UnsafeRawPointer(bytes + block).loadUnaligned(as: __m512i.self)
        let lineFeeds = lake_equal_bytes(text, 0x0a) & inside
        let returns = lake_equal_bytes(text, 0x0d) & inside
        let structure = lake_equal_bytes(text, delimiter) & inside | lineFeeds | returns
        carriageReturns |= returns
        lineFeedCount &+= lineFeeds.nonzeroBitCount
        write(structure, block: block, to: positions + positionCount)
        positionCount &+= structure.nonzeroBitCount
        block &+= 64
      }
      return (positionCount, lineFeedCount, carriageReturns != 0)
    }

    /// Sixteen places are written whatever the mask, which is enough for all but very short fields.
    @inline(__always)
    private static func write(
      _ mask: UInt64, block: Int, to target: UnsafeMutablePointer<UInt32>
    ) {
      let places = _mm512_castsi512_si128(_mm512_maskz_compress_epi8(mask, zeroTo63))
      let positions = _mm512_add_epi32(
        _mm512_cvtepu8_epi32(places), _mm512_set1_epi32(Int32(truncatingIfNeeded: block)))
      UnsafeMutableRawPointer(target).storeBytes(of: positions, as: __m512i.self)
      if mask.nonzeroBitCount > 16 { writeAll(mask, block: block, to: target) }
    }

    @inline(never)
    private static func writeAll(
      _ mask: UInt64, block: Int, to target: UnsafeMutablePointer<UInt32>
    ) {
      var mask = mask
      var target = target
      while mask != 0 {
        target.pointee = UInt32(truncatingIfNeeded: block &+ mask.trailingZeroBitCount)
        mask &= mask &- 1
        target += 1
      }
    }

    /// The place of each byte, which tells where those are that a mask picks.
    private static var zeroTo63: __m512i {
      let first: Int64 = 0x0706_0504_0302_0100
      let next: Int64 = 0x0808_0808_0808_0808
      return __m512i(
        first, first &+ next, first &+ 2 &* next, first &+ 3 &* next, first &+ 4 &* next,
        first &+ 5 &* next, first &+ 6 &* next, first &+ 7 &* next)
    }
  }
#endif
