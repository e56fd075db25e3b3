/// Packs the numbers of a page, with one width or in frames, whichever is smaller. One per thread: it keeps
/// its scratch.
struct NumberPacker: ~Copyable {
  /// A frame in so many is looked at to see whether all are worth it.
  private static let sampleStep = 8
  /// Frames are taken where they save so large a part.
  private static let leastSaving = 32

  /// The numbers to pack; the caller fills it.
  var numbers = ColumnBuffer<UInt64>()
  private var smallest = ColumnBuffer<UInt64>()
  private var widths = ColumnBuffer<UInt8>()

  /// How `numbers` are packed in the fewest bytes.
  ///
  /// - Parameter width: Every number fits it.
  mutating func packing(width: Int) -> NumberPacking {
    let byteCount = BitPacking.byteCount(count: numbers.count, width: width)
    let limit = byteCount - byteCount / Self.leastSaving
    guard numbers.count > NumberPacking.numbersPerFrame, samplePromises(atMost: limit, width: width)
    else { return NumberPacking(width: width) }
    let isSmaller = measureFrames(width: width) <= limit
    return NumberPacking(width: width, isFramed: isSmaller)
  }

  /// Appends `numbers`, which mean nothing afterwards.
  ///
  /// - Precondition: `packing` was just found.
  mutating func pack(_ packing: NumberPacking, into bytes: inout ColumnBuffer<UInt8>) {
    guard packing.isFramed else {
      return BitPacking.pack(numbers.span, width: packing.width, into: &bytes)
    }
    bytes.append(contentsOf: widths.span)
    BitPacking.pack(smallest.span, width: packing.width, into: &bytes)
    for frame in 0..<widths.count {
      FrameKernels.pack(
        &numbers, frame: frame, least: smallest[frame], width: Int(widths[frame]), into: &bytes)
    }
  }

  private func samplePromises(atMost limit: Int, width: Int) -> Bool {
    let frameCount = NumberPacking.frameCount(of: numbers.count)
    var (bitCount, sampleCount) = (0, 0)
    for frame in stride(from: 0, to: frameCount, by: Self.sampleStep) {
      let range = FrameKernels.range(numbers, frame: frame)
      bitCount +=
        BitPacking.width(of: range.most - range.least) * NumberPacking.numbersPerFrame + 8 + width
      sampleCount += 1
    }
    return bitCount / 8 * frameCount / sampleCount <= limit
  }

  /// Finds the smallest number and the width of each frame.
  ///
  /// - Returns: The bytes that all frames take.
  private mutating func measureFrames(width: Int) -> Int {
    let frameCount = NumberPacking.frameCount(of: numbers.count)
    smallest.removeAll()
    widths.removeAll()
    var byteCount = frameCount + BitPacking.byteCount(count: frameCount, width: width)
    for frame in 0..<frameCount {
      let range = FrameKernels.range(numbers, frame: frame)
      let frameWidth = BitPacking.width(of: range.most - range.least)
      smallest.append(range.least)
      widths.append(UInt8(frameWidth))
      let rest = numbers.count - frame * NumberPacking.numbersPerFrame
      byteCount += BitPacking.byteCount(
        count: min(NumberPacking.numbersPerFrame, rest), width: frameWidth)
    }
    return byteCount
  }
}
