/// Loops over packed numbers in frames that narrow down a selection of rows: a frame is a word of it.
enum FrameSelectionKernels {
  /// Takes from `selection` the rows whose number lies outside `range`. Frames that lie inside or outside as a
  /// whole, or of which no row is selected, are not unpacked.
  ///
  /// - Parameters:
  ///   - frames: As `PageCursor.skipFrames` found them in `page`.
  ///   - selection: One bit a row; bits past the last row are zero and stay so.
  static func keep(
    _ page: Span<UInt8>, _ frames: FramePlaces, count: Int, in range: PackedRange,
    selection: inout ColumnBuffer<UInt64>
  ) {
    switch range {
    case .none:
      selection.clear()
    case .within(let range):
      keep(page, frames, count, &selection) { least, most in
        if least > range.upperBound || most < range.lowerBound { return 0 }
        return range.lowerBound <= least && most <= range.upperBound ? .max : nil
      } _: { least, numbers in
        // Both are taken from the numbers as they are packed, modulo 2^64.
        let low = range.lowerBound &- least
        let span = range.upperBound &- range.lowerBound
        return PackedSelectionKernels.bits(numbers, from: low, span: span)
      }
    case .signed(let positive, let negative):
      keep(page, frames, count, &selection) { _, _ in
        nil
      } _: { least, numbers in
        PackedSelectionKernels.bits(numbers, above: least, positive: positive, negative: negative)
      }
    }
  }

  /// - Parameters:
  ///   - whole: The bits of a frame whose numbers lie between two, where these decide them all.
  ///   - each: The bits of a frame by its smallest number and its numbers above that.
  @inline(__always)
  private static func keep(
    _ page: Span<UInt8>, _ frames: FramePlaces, _ count: Int,
    _ selection: inout ColumnBuffer<UInt64>,
    _ whole: (_ least: UInt64, _ most: UInt64) -> UInt64?,
    _ each: (_ least: UInt64, _ numbers: UnsafePointer<UInt64>) -> UInt64
  ) {
    precondition(selection.count == frames.widths.count)
    // Safe because a frame has at most 64 numbers, for which there is room. Where the last has fewer, the
    // rest are zeros or those of a frame before, whose rows are not selected.
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: NumberPacking.numbersPerFrame) {
      numbers in
      numbers.initialize(repeating: 0)
      guard let target = numbers.baseAddress else { return }
      selection.withUnsafeMutableBufferPointer { selection in
        FrameKernels.forEachFrame(page, frames) { frame, least, width, packed in
          guard selection[frame] != 0 else { return }
          let (most, wraps) = least.addingReportingOverflow(
            width == 0 ? 0 : UInt64.max >> UInt64(64 - width))
          if !wraps, let bits = whole(least, most) {
            selection[frame] &= bits
            return
          }
          let rest = count - frame * NumberPacking.numbersPerFrame
          BitPackingKernels.unpack(
            packed, width: width, count: min(NumberPacking.numbersPerFrame, rest), into: target)
          selection[frame] &= each(least, UnsafePointer(target))
        }
      }
    }
  }
}
