/// Loops over numbers that are packed in frames.
enum FrameKernels {
  /// The smallest and the largest number of a frame.
  static func range(
    _ numbers: borrowing ColumnBuffer<UInt64>, frame: Int
  ) -> (least: UInt64, most: UInt64) {
    let start = frame * NumberPacking.numbersPerFrame
    let end = min(numbers.count, start + NumberPacking.numbersPerFrame)
    // Safe because the frame ends with the buffer at the latest.
    return numbers.withUnsafeBufferPointer { numbers in
      var (least, most) = (UInt64.max, UInt64.min)
      for index in start..<end {
        least = min(least, numbers[index])
        most = max(most, numbers[index])
      }
      return (least, most)
    }
  }

  /// Takes `least` from every number of a frame, and appends them packed.
  static func pack(
    _ numbers: inout ColumnBuffer<UInt64>, frame: Int, least: UInt64, width: Int,
    into bytes: inout ColumnBuffer<UInt8>
  ) {
    let start = frame * NumberPacking.numbersPerFrame
    let end = min(numbers.count, start + NumberPacking.numbersPerFrame)
    // Safe because the frame ends with the buffer at the latest.
    numbers.withUnsafeMutableBufferPointer { numbers in
      for index in start..<end { numbers[index] &-= least }
    }
    BitPacking.pack(numbers.span.extracting(start..<end), width: width, into: &bytes)
  }

  /// Replaces `values` by the numbers of all frames.
  static func unpack(
    _ bytes: Span<UInt8>, _ places: FramePlaces, count: Int, into values: inout ColumnBuffer<UInt64>
  ) {
    values.removeAll()
    values.appendUnsafe(upTo: count) { target in
      guard let start = target.baseAddress else { return 0 }
      forEachFrame(bytes, places) { frame, least, width, packed in
        let to = start + frame * NumberPacking.numbersPerFrame
        let frameCount = min(
          NumberPacking.numbersPerFrame, count - frame * NumberPacking.numbersPerFrame)
        BitPackingKernels.unpack(packed, width: width, count: frameCount, into: to)
        for index in 0..<frameCount { to[index] &+= least }
      }
      return count
    }
  }

  /// - Parameter body: Called with each frame's index, smallest number and width, and bytes that begin with
  ///   its own.
  @inline(__always)
  static func forEachFrame(
    _ bytes: Span<UInt8>, _ places: FramePlaces,
    _ body: (
      _ frame: Int, _ least: UInt64, _ width: Int, _ packed: UnsafeRawBufferPointer
    ) -> Void
  ) {
    let frameCount = places.widths.count
    // Safe because the places lie inside `bytes`, which `PageCursor.skipFrames` has checked, and each frame
    // but the last takes eight bytes for a bit of its width.
    bytes.withUnsafeBytes { bytes in
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: frameCount) { smallest in
        guard let least = smallest.baseAddress, let base = bytes.baseAddress else { return }
        let end = places.frames.upperBound
        BitPackingKernels.unpack(
          UnsafeRawBufferPointer(rebasing: bytes[places.smallest]), width: places.width,
          count: frameCount, into: least)
        var start = places.frames.lowerBound
        for frame in 0..<frameCount {
          let width = Int(bytes[places.widths.lowerBound + frame])
          body(
            frame, least[frame], width,
            UnsafeRawBufferPointer(start: base + start, count: end - start))
          start = min(start + width * NumberPacking.numbersPerFrame / 8, end)
        }
      }
    }
  }
}
