/// Packing and unpacking, eight values at a time: eight values of w bits are exactly w bytes.
///
/// The group functions are inlined once for each width, which makes every shift and offset in them a
/// constant; that is three times faster than one loop for all widths.
enum BitPackingKernels {
  /// - Precondition: `width` is 0 to 64 and every value fits it.
  static func pack(_ values: Span<UInt64>, width: Int, into bytes: inout ColumnBuffer<UInt8>) {
    let byteCount = BitPacking.byteCount(count: values.count, width: width)
    guard byteCount > 0 else { return }
    // Safe because a group's last store reaches at most 7 bytes past the group, and 8 are to spare.
    bytes.appendUnsafe(upTo: byteCount + 8) { target in
      values.withUnsafeBufferPointer { source in
        guard let from = source.baseAddress, let start = target.baseAddress else { return }
        let to = UnsafeMutableRawPointer(start)
        let groupCount = source.count / 8
        if width == 64 {
          to.copyMemory(from: from, byteCount: byteCount)
        } else {
          selectPack(width, from, groupCount, to)
          packRest(
            width, from + groupCount * 8, source.count - groupCount * 8, to + groupCount * width)
        }
      }
      return byteCount
    }
  }

  /// - Precondition: `bytes` are exactly those of `count` values of `width` bits.
  static func unpack(
    _ bytes: Span<UInt8>, width: Int, count: Int, appendingTo values: inout ColumnBuffer<UInt64>
  ) {
    values.appendUnsafe(upTo: count) { target in
      bytes.withUnsafeBytes { source in
        guard let to = target.baseAddress else { return }
        unpack(source, width: width, count: count, into: to)
      }
      return count
    }
  }

  /// Writes `count` unpacked numbers to `to`.
  ///
  /// - Precondition: `source` begins with the bytes of `count` values of `width` bits; more may follow.
  static func unpack(
    _ source: UnsafeRawBufferPointer, width: Int, count: Int, into to: UnsafeMutablePointer<UInt64>
  ) {
    guard width > 0, let from = source.baseAddress else {
      to.update(repeating: 0, count: count)
      return
    }
    if width == 64 {
      UnsafeMutableRawPointer(to).copyMemory(from: from, byteCount: count * 8)
      return
    }
    let groupCount = safeGroupCount(byteCount: source.count, width: width, count: count)
    selectUnpack(width, from, groupCount, to)
    unpackRest(
      width, UnsafeRawBufferPointer(rebasing: source[(groupCount * width)...]),
      to + groupCount * 8, count - groupCount * 8)
  }

  /// How many groups can be read with loads of nine bytes that stay inside `byteCount`.
  private static func safeGroupCount(byteCount: Int, width: Int, count: Int) -> Int {
    let reach = 7 * width / 8 + 9
    guard byteCount >= reach else { return 0 }
    return min(count / 8, (byteCount - reach) / width + 1)
  }

  /// Packs fewer than eight values.
  private static func packRest(
    _ width: Int, _ from: UnsafePointer<UInt64>, _ count: Int, _ to: UnsafeMutableRawPointer
  ) {
    var pending: UInt64 = 0
    var pendingWidth = 0
    var offset = 0
    for index in 0..<count {
      pending |= from[index] &<< UInt64(pendingWidth)
      pendingWidth += width
      if pendingWidth >= 64 {
        to.storeBytes(of: pending.littleEndian, toByteOffset: offset, as: UInt64.self)
        offset += 8
        pendingWidth -= 64
        pending = pendingWidth == 0 ? 0 : from[index] &>> UInt64(width - pendingWidth)
      }
    }
    if pendingWidth > 0 {
      to.storeBytes(of: pending.littleEndian, toByteOffset: offset, as: UInt64.self)
    }
  }

  /// Unpacks values near the end of the bytes, byte by byte.
  private static func unpackRest(
    _ width: Int, _ from: UnsafeRawBufferPointer, _ to: UnsafeMutablePointer<UInt64>, _ count: Int
  ) {
    let mask = UInt64.max &>> UInt64(64 - width)
    for index in 0..<count {
      let firstBit = index * width
      var value: UInt64 = 0
      var filled = -(firstBit % 8)
      var byte = firstBit / 8
      while filled < width {
        let bits = UInt64(from[byte])
        value |= filled < 0 ? bits &>> UInt64(-filled) : bits &<< UInt64(filled)
        filled += 8
        byte += 1
      }
      to[index] = value & mask
    }
  }

  @inline(__always)
  private static func packGroups(
    _ width: Int, _ from: UnsafePointer<UInt64>, _ groupCount: Int, _ to: UnsafeMutableRawPointer
  ) {
    var from = from
    var to = to
    for _ in 0..<groupCount {
      var pending: UInt64 = 0
      var offset = 0
      for index in 0..<8 {
        let shift = (index &* width) & 63
        pending |= from[index] &<< UInt64(truncatingIfNeeded: shift)
        if shift &+ width >= 64 {
          to.storeBytes(of: pending.littleEndian, toByteOffset: offset, as: UInt64.self)
          offset &+= 8
          pending = shift == 0 ? 0 : from[index] &>> UInt64(truncatingIfNeeded: 64 &- shift)
        }
      }
      if width & 7 != 0 {
        to.storeBytes(of: pending.littleEndian, toByteOffset: offset, as: UInt64.self)
      }
      from += 8
      to += width
    }
  }

  @inline(__always)
  private static func unpackGroups(
    _ width: Int, _ from: UnsafeRawPointer, _ groupCount: Int, _ to: UnsafeMutablePointer<UInt64>
  ) {
    if width <= 30 { return unpackNarrow(width, from, groupCount, to) }
    let mask = UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- width)
    var from = from
    var to = to
    for _ in 0..<groupCount {
      for index in 0..<8 {
        let byte = (index &* width) &>> 3
        let shift = (index &* width) & 7
        var value =
          UInt64(littleEndian: from.loadUnaligned(fromByteOffset: byte, as: UInt64.self))
          &>> UInt64(truncatingIfNeeded: shift)
        if shift &+ width > 64 {
          let last = UInt64(from.loadUnaligned(fromByteOffset: byte &+ 8, as: UInt8.self))
          value |= last &<< UInt64(truncatingIfNeeded: 64 &- shift)
        }
        to[index] = value & mask
      }
      from += width
      to += 8
    }
  }

  /// Of widths up to 30, four values at a time.
  @inline(__always)
  private static func unpackNarrow(
    _ width: Int, _ from: UnsafeRawPointer, _ groupCount: Int, _ to: UnsafeMutablePointer<UInt64>
  ) {
    var from = from
    var to = to
    for _ in 0..<groupCount {
      unpackFour(width, from, first: 0, to)
      unpackFour(width, from, first: 4, to)
      from += width
      to += 8
    }
  }

  @inline(__always)
  private static func unpackFour(
    _ width: Int, _ from: UnsafeRawPointer, first: Int, _ to: UnsafeMutablePointer<UInt64>
  ) {
    let (word, bit) = load(from, value: first, width)
    // Of up to 16 bits all four lie in the eight bytes that begin with the first, of more two do.
    let (next, nextBit) =
      width <= 16 ? (word, bit &+ 2 &* width) : load(from, value: first &+ 2, width)
    store(
      SIMD4(word, word, next, next), bits: SIMD4(bit, bit &+ width, nextBit, nextBit &+ width),
      width, to + first)
  }

  /// The eight bytes that begin with the one in which a value of a group does, and the bit where it begins in them.
  @inline(__always)
  private static func load(
    _ from: UnsafeRawPointer, value: Int, _ width: Int
  ) -> (word: UInt64, bit: Int) {
    let bit = value &* width
    let word = from.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self)
    return (UInt64(littleEndian: word), bit & 7)
  }

  /// Writes four values, each given by a word that holds it and the bit where it begins there.
  @inline(__always)
  private static func store(
    _ words: SIMD4<UInt64>, bits: SIMD4<Int>, _ width: Int, _ to: UnsafeMutablePointer<UInt64>
  ) {
    let mask = UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- width)
    let values = words &>> SIMD4<UInt64>(truncatingIfNeeded: bits) & SIMD4(repeating: mask)
    UnsafeMutableRawPointer(to).storeBytes(of: values, as: SIMD4<UInt64>.self)
  }

  private static func selectPack(
    _ width: Int, _ from: UnsafePointer<UInt64>, _ groupCount: Int, _ to: UnsafeMutableRawPointer
  ) {
    switch width {
    case 1: packGroups(1, from, groupCount, to)
    case 2: packGroups(2, from, groupCount, to)
    case 3: packGroups(3, from, groupCount, to)
    case 4: packGroups(4, from, groupCount, to)
    case 5: packGroups(5, from, groupCount, to)
    case 6: packGroups(6, from, groupCount, to)
    case 7: packGroups(7, from, groupCount, to)
    case 8: packGroups(8, from, groupCount, to)
    case 9: packGroups(9, from, groupCount, to)
    case 10: packGroups(10, from, groupCount, to)
    case 11: packGroups(11, from, groupCount, to)
    case 12: packGroups(12, from, groupCount, to)
    case 13: packGroups(13, from, groupCount, to)
    case 14: packGroups(14, from, groupCount, to)
    case 15: packGroups(15, from, groupCount, to)
    case 16: packGroups(16, from, groupCount, to)
    case 17: packGroups(17, from, groupCount, to)
    case 18: packGroups(18, from, groupCount, to)
    case 19: packGroups(19, from, groupCount, to)
    case 20: packGroups(20, from, groupCount, to)
    case 21: packGroups(21, from, groupCount, to)
    case 22: packGroups(22, from, groupCount, to)
    case 23: packGroups(23, from, groupCount, to)
    case 24: packGroups(24, from, groupCount, to)
    case 25: packGroups(25, from, groupCount, to)
    case 26: packGroups(26, from, groupCount, to)
    case 27: packGroups(27, from, groupCount, to)
    case 28: packGroups(28, from, groupCount, to)
    case 29: packGroups(29, from, groupCount, to)
    case 30: packGroups(30, from, groupCount, to)
    case 31: packGroups(31, from, groupCount, to)
    case 32: packGroups(32, from, groupCount, to)
    case 33: packGroups(33, from, groupCount, to)
    case 34: packGroups(34, from, groupCount, to)
    case 35: packGroups(35, from, groupCount, to)
    case 36: packGroups(36, from, groupCount, to)
    case 37: packGroups(37, from, groupCount, to)
    case 38: packGroups(38, from, groupCount, to)
    case 39: packGroups(39, from, groupCount, to)
    case 40: packGroups(40, from, groupCount, to)
    case 41: packGroups(41, from, groupCount, to)
    case 42: packGroups(42, from, groupCount, to)
    case 43: packGroups(43, from, groupCount, to)
    case 44: packGroups(44, from, groupCount, to)
    case 45: packGroups(45, from, groupCount, to)
    case 46: packGroups(46, from, groupCount, to)
    case 47: packGroups(47, from, groupCount, to)
    case 48: packGroups(48, from, groupCount, to)
    case 49: packGroups(49, from, groupCount, to)
    case 50: packGroups(50, from, groupCount, to)
    case 51: packGroups(51, from, groupCount, to)
    case 52: packGroups(52, from, groupCount, to)
    case 53: packGroups(53, from, groupCount, to)
    case 54: packGroups(54, from, groupCount, to)
    case 55: packGroups(55, from, groupCount, to)
    case 56: packGroups(56, from, groupCount, to)
    case 57: packGroups(57, from, groupCount, to)
    case 58: packGroups(58, from, groupCount, to)
    case 59: packGroups(59, from, groupCount, to)
    case 60: packGroups(60, from, groupCount, to)
    case 61: packGroups(61, from, groupCount, to)
    case 62: packGroups(62, from, groupCount, to)
    case 63: packGroups(63, from, groupCount, to)
    default: preconditionFailure("a packed width is 1 to 63 bits")
    }
  }

  private static func selectUnpack(
    _ width: Int, _ from: UnsafeRawPointer, _ groupCount: Int, _ to: UnsafeMutablePointer<UInt64>
  ) {
    switch width {
    case 1: unpackGroups(1, from, groupCount, to)
    case 2: unpackGroups(2, from, groupCount, to)
    case 3: unpackGroups(3, from, groupCount, to)
    case 4: unpackGroups(4, from, groupCount, to)
    case 5: unpackGroups(5, from, groupCount, to)
    case 6: unpackGroups(6, from, groupCount, to)
    case 7: unpackGroups(7, from, groupCount, to)
    case 8: unpackGroups(8, from, groupCount, to)
    case 9: unpackGroups(9, from, groupCount, to)
    case 10: unpackGroups(10, from, groupCount, to)
    case 11: unpackGroups(11, from, groupCount, to)
    case 12: unpackGroups(12, from, groupCount, to)
    case 13: unpackGroups(13, from, groupCount, to)
    case 14: unpackGroups(14, from, groupCount, to)
    case 15: unpackGroups(15, from, groupCount, to)
    case 16: unpackGroups(16, from, groupCount, to)
    case 17: unpackGroups(17, from, groupCount, to)
    case 18: unpackGroups(18, from, groupCount, to)
    case 19: unpackGroups(19, from, groupCount, to)
    case 20: unpackGroups(20, from, groupCount, to)
    case 21: unpackGroups(21, from, groupCount, to)
    case 22: unpackGroups(22, from, groupCount, to)
    case 23: unpackGroups(23, from, groupCount, to)
    case 24: unpackGroups(24, from, groupCount, to)
    case 25: unpackGroups(25, from, groupCount, to)
    case 26: unpackGroups(26, from, groupCount, to)
    case 27: unpackGroups(27, from, groupCount, to)
    case 28: unpackGroups(28, from, groupCount, to)
    case 29: unpackGroups(29, from, groupCount, to)
    case 30: unpackGroups(30, from, groupCount, to)
    case 31: unpackGroups(31, from, groupCount, to)
    case 32: unpackGroups(32, from, groupCount, to)
    case 33: unpackGroups(33, from, groupCount, to)
    case 34: unpackGroups(34, from, groupCount, to)
    case 35: unpackGroups(35, from, groupCount, to)
    case 36: unpackGroups(36, from, groupCount, to)
    case 37: unpackGroups(37, from, groupCount, to)
    case 38: unpackGroups(38, from, groupCount, to)
    case 39: unpackGroups(39, from, groupCount, to)
    case 40: unpackGroups(40, from, groupCount, to)
    case 41: unpackGroups(41, from, groupCount, to)
    case 42: unpackGroups(42, from, groupCount, to)
    case 43: unpackGroups(43, from, groupCount, to)
    case 44: unpackGroups(44, from, groupCount, to)
    case 45: unpackGroups(45, from, groupCount, to)
    case 46: unpackGroups(46, from, groupCount, to)
    case 47: unpackGroups(47, from, groupCount, to)
    case 48: unpackGroups(48, from, groupCount, to)
    case 49: unpackGroups(49, from, groupCount, to)
    case 50: unpackGroups(50, from, groupCount, to)
    case 51: unpackGroups(51, from, groupCount, to)
    case 52: unpackGroups(52, from, groupCount, to)
    case 53: unpackGroups(53, from, groupCount, to)
    case 54: unpackGroups(54, from, groupCount, to)
    case 55: unpackGroups(55, from, groupCount, to)
    case 56: unpackGroups(56, from, groupCount, to)
    case 57: unpackGroups(57, from, groupCount, to)
    case 58: unpackGroups(58, from, groupCount, to)
    case 59: unpackGroups(59, from, groupCount, to)
    case 60: unpackGroups(60, from, groupCount, to)
    case 61: unpackGroups(61, from, groupCount, to)
    case 62: unpackGroups(62, from, groupCount, to)
    case 63: unpackGroups(63, from, groupCount, to)
    default: preconditionFailure("a packed width is 1 to 63 bits")
    }
  }
}
