enum OrderedFloatKernels {
  /// Replaces `offsets` by the numbers to pack.
  static func offsets(
    _ words: Span<UInt64>, layout: OrderedFloat, into offsets: inout ColumnBuffer<UInt64>
  ) {
    let mask = FloatOrder.magnitudeMask
    let shift = UInt64(layout.shift)
    let reference = layout.reference
    let (positive, negative) = (layout.positiveReference, layout.negativeReference)
    offsets.removeAll()
    // Safe because both pointers are followed for `words.count` elements, which both hold.
    offsets.appendUnsafe(upTo: words.count) { target in
      words.withUnsafeBufferPointer { source in
        if layout.signs == .both {
          for index in 0..<source.count {
            let word = source[index]
            let sign = word &>> 63
            let least = sign == 0 ? positive : negative
            target[index] = (((word & mask) &- least) &>> shift) &<< 1 | sign
          }
        } else {
          for index in 0..<source.count {
            target[index] = ((source[index] & mask) &- reference) &>> shift
          }
        }
      }
      return words.count
    }
  }

  /// Replaces each packed number by its double's bit pattern. Sums that leave 63 bits wrap.
  static func restore(_ words: inout ColumnBuffer<UInt64>, layout: OrderedFloat) {
    let mask = FloatOrder.magnitudeMask
    let shift = UInt64(layout.shift)
    let reference = layout.reference
    let (positive, negative) = (layout.positiveReference, layout.negativeReference)
    let sign = layout.signs == .negative ? FloatOrder.signBit : 0
    // Safe because the closure writes inside the buffer alone.
    words.withUnsafeMutableBufferPointer { buffer in
      if layout.signs == .both {
        for index in 0..<buffer.count {
          let packed = buffer[index]
          let least = packed & 1 == 0 ? positive : negative
          buffer[index] = ((packed &>> 1) &<< shift &+ least) & mask | packed &<< 63
        }
      } else {
        for index in 0..<buffer.count {
          buffer[index] = (buffer[index] &<< shift &+ reference) & mask | sign
        }
      }
    }
  }
}
