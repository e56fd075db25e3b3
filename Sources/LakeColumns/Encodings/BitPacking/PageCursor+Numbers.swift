extension PageCursor {
  /// The byte that says how numbers are packed.
  mutating func readPacking() throws(ColumnError) -> NumberPacking {
    let place = position
    let code = try readByte()
    let width = code & ~NumberPacking.framedFlag
    guard width <= 64 else {
      throw ColumnError(.outOfRange, at: place, "a width of \(width) bits")
    }
    return NumberPacking(width: Int(width), isFramed: code & NumberPacking.framedFlag != 0)
  }

  /// Unpacks `count` numbers into `values`.
  ///
  /// - Precondition: `count` is at most 2^32.
  mutating func unpack(
    count: Int, _ packing: NumberPacking, into values: inout ColumnBuffer<UInt64>
  ) throws(ColumnError) {
    switch try skipNumbers(count: count, packing) {
    case .flat(let place, let width):
      BitPacking.unpack(bytes.extracting(place), width: width, count: count, into: &values)
    case .framed(let places):
      FrameKernels.unpack(bytes, places, count: count, into: &values)
    }
  }

  /// The place of `count` numbers, which are passed over.
  ///
  /// - Precondition: `count` is at most 2^32.
  mutating func skipNumbers(
    count: Int, _ packing: NumberPacking
  ) throws(ColumnError) -> NumberPlaces {
    guard packing.isFramed else {
      return .flat(try skipPacked(count: count, width: packing.width), width: packing.width)
    }
    return .framed(try skipFrames(count: count, packing))
  }

  private mutating func skipFrames(
    count: Int, _ packing: NumberPacking
  ) throws(ColumnError) -> FramePlaces {
    let frameCount = NumberPacking.frameCount(of: count)
    let widths = try skip(frameCount)
    var widthSum = 0
    for index in widths {
      guard bytes[index] <= packing.width else {
        throw ColumnError(
          .outOfRange, at: index, "a frame of \(bytes[index]) bits in \(packing.width)")
      }
      widthSum += Int(bytes[index])
    }
    let smallest = try skipPacked(count: frameCount, width: packing.width)
    let start = position
    // Frames of 64 numbers take eight bytes for a bit of their width; the last may have fewer.
    if frameCount > 0 {
      let lastWidth = Int(bytes[widths.upperBound - 1])
      _ = try skip((widthSum - lastWidth) * NumberPacking.numbersPerFrame / 8)
      _ = try skipPacked(
        count: count - (frameCount - 1) * NumberPacking.numbersPerFrame, width: lastWidth)
    }
    return FramePlaces(
      width: packing.width, widths: widths, smallest: smallest, frames: start..<position)
  }
}

/// Where the numbers of a page stand in it.
enum NumberPlaces {
  case flat(Range<Int>, width: Int)
  case framed(FramePlaces)
}

/// Where the parts of framed numbers stand in a page, whose lengths fit each other.
struct FramePlaces {
  let width: Int
  let widths: Range<Int>
  let smallest: Range<Int>
  let frames: Range<Int>
}
