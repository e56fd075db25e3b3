#if arch(x86_64)
  internal import CVector

  /// The spellings of points that have been seen: `POINT (x y)` with one blank, numbers of up to seventeen digits around a
  /// point, nothing around.
  ///
  /// Which of its bytes are digits, and how many it has, tells a text's spelling, if the other bytes are as expected. So where
  /// the digits go and what they are divided by is found once for each spelling, of which the points of one source have few.
  ///
  /// Unchecked: `memory` is of `byteCount` bytes, zeros at first; 64 bytes can be read from the first of each text on.
  struct PointShapes {
    private static let capacity = 512
    private static let slotBitCount = 13
    static let byteCount = capacity * PointShape.byteCount + (2 &<< slotBitCount)

    /// Shapes, the first of which is none that a text can have and counts the others, then the slots.
    private let memory: UnsafeMutableRawPointer

    init(memory: UnsafeMutableRawPointer) {
      self.memory = memory
    }

    subscript(offset: UInt32) -> PointShape { PointShape(memory: memory + Int(offset)) }

    /// Looks a text up.
    ///
    /// - Returns: 0 as `flaws` where the text has the shape that lies at `offset`.
    @inline(__always)
    func find(_ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) -> (
      offset: UInt32, flaws: UInt64
    ) {
      let text = UnsafeRawPointer(start).loadUnaligned(as: __m512i.self)
      let byteCount = UInt64(truncatingIfNeeded: end - start)
      let key = Self.key(of: text, byteCount: byteCount)
      let offset = UInt32(slot(of: key).pointee) &* UInt32(PointShape.byteCount)
      let shape = self[offset]
      return (offset, (key ^ shape.key) | shape.unexpected(text) | byteCount &>> 6)
    }

    /// Takes up the shape of a text, if it has one and there is room.
    ///
    /// - Complexity: O(1) where another shape is in the place.
    func learn(_ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) {
      let count = memory.load(as: Int.self)
      let byteCount = end - start
      guard byteCount <= PointShape.longestText, count < Self.capacity &- 1 else { return }
      let text = UnsafeRawPointer(start).loadUnaligned(as: __m512i.self)
      let key = Self.key(of: text, byteCount: UInt64(truncatingIfNeeded: byteCount))
      let slot = slot(of: key)
      let index = count &+ 1
      let shape = self[UInt32(truncatingIfNeeded: index &* PointShape.byteCount)]
      guard slot.pointee == 0, shape.set(start, byteCount: byteCount, key: key) else { return }
      slot.pointee = UInt16(truncatingIfNeeded: index)
      memory.storeBytes(of: index, as: Int.self)
    }

    /// A bit for each byte that is a digit, and one behind the last byte.
    @inline(__always)
    private static func key(of text: __m512i, byteCount: UInt64) -> UInt64 {
      let end: UInt64 = 1 &<< byteCount
      let digits = lake_bytes_below(_mm512_sub_epi8(text, _mm512_set1_epi8(0x30)), 10)
      return digits & (end &- 1) | end
    }

    @inline(__always)
    private func slot(of key: UInt64) -> UnsafeMutablePointer<UInt16> {
      let hash = (key &* 0x9e37_79b9_7f4a_7c15) &>> UInt64(64 &- Self.slotBitCount)
      return (memory + Self.capacity &* PointShape.byteCount)
        .assumingMemoryBound(to: UInt16.self) + Int(truncatingIfNeeded: hash)
    }
  }

  /// One spelling of points.
  ///
  /// | byte | |
  /// |---|---|
  /// | 0 | of each of twice sixteen digits, the last ones of x and of y, its place in the text; that of the parenthesis where there is none |
  /// | 32 | what x and y are divided by, two doubles, below zero where the number has a sign |
  /// | 48 | places of the first of seventeen digits of x and of y, else 0 |
  /// | 64 | the text's bytes |
  /// | 112 | the key |
  /// | 120 | a bit for each byte of the text that is no digit |
  struct PointShape {
    static let byteCount = 128
    static let longestText = 48
    private static let parenthesis = 6

    let memory: UnsafeMutableRawPointer

    var lanes: __m256i { memory.load(as: __m256i.self) }
    var divisors: __m128d { memory.load(fromByteOffset: 32, as: __m128d.self) }
    /// Two bytes; 0 where no number has seventeen digits.
    var firstPlaces: UInt16 { memory.load(fromByteOffset: 48, as: UInt16.self) }
    var key: UInt64 { memory.load(fromByteOffset: 112, as: UInt64.self) }

    /// A bit for each byte that should be another one.
    @inline(__always)
    func unexpected(_ text: __m512i) -> UInt64 {
      lake_other_bytes(text, memory.load(fromByteOffset: 64, as: __m512i.self))
        & memory.load(fromByteOffset: 120, as: UInt64.self)
    }

    /// Sets the shape to that of a text.
    ///
    /// - Returns: Whether the text has one.
    func set(_ start: UnsafePointer<UInt8>, byteCount: Int, key: UInt64) -> Bool {
      let head = UnsafeRawPointer(start).loadUnaligned(as: UInt64.self)
      guard head & 0x00ff_ffff_ffff_ffff == 0x0028_2054_4e49_4f50 else { return false }
      let x = NumberShape(start, from: 7)
      let y = NumberShape(start, from: x.end &+ 1)
      guard x.isUsual, y.isUsual, start[x.end] == 0x20, start[y.end] == 0x29,
        y.end &+ 1 == byteCount
      else { return false }
      store(x, at: 0)
      store(y, at: 1)
      memory.storeBytes(of: key, toByteOffset: 112, as: UInt64.self)
      // Those of the text alone: what else is compared with does not count.
      var others: UInt64 = 0
      for place in 0..<byteCount {
        memory.storeBytes(of: start[place], toByteOffset: 64 &+ place, as: UInt8.self)
        if start[place] &- 0x30 > 9 { others |= 1 &<< UInt64(truncatingIfNeeded: place) }
      }
      memory.storeBytes(of: others, toByteOffset: 120, as: UInt64.self)
      return true
    }

    private func store(_ number: NumberShape, at index: Int) {
      var place = number.end
      for lane in 0..<16 {
        // From the last digit on; the point is passed over.
        if lane < number.digitCount {
          place &-= 1
          if place == number.point { place &-= 1 }
        } else {
          place = Self.parenthesis
        }
        memory.storeBytes(
          of: UInt8(truncatingIfNeeded: place), toByteOffset: index &* 16 &+ 15 &- lane,
          as: UInt8.self)
      }
      var divisor = number.isNegative ? -1.0 : 1.0
      for _ in number.point &+ 1..<number.end { divisor *= 10 }
      memory.storeBytes(of: divisor, toByteOffset: 32 &+ index &* 8, as: Double.self)
      let first = number.digitCount == 17 ? number.first : 0
      memory.storeBytes(
        of: UInt8(truncatingIfNeeded: first), toByteOffset: 48 &+ index, as: UInt8.self)
    }
  }

  /// Where the parts of one number lie.
  private struct NumberShape {
    let isNegative: Bool
    /// The place of the first digit.
    let first: Int
    let point: Int
    /// Behind the last digit.
    let end: Int

    /// - Parameter place: Of the sign or the first digit.
    init(_ text: UnsafePointer<UInt8>, from place: Int) {
      isNegative = text[place] == 0x2d
      first = isNegative ? place &+ 1 : place
      point = Self.pastDigits(text, from: first)
      end = text[point] == 0x2e ? Self.pastDigits(text, from: point &+ 1) : point
    }

    var digitCount: Int { end &- first &- 1 }

    /// Whether it has digits on both sides of a point, and no more than can be read.
    var isUsual: Bool { point > first && end > point &+ 1 && digitCount <= 17 }

    /// No further than any number that is read.
    private static func pastDigits(_ text: UnsafePointer<UInt8>, from place: Int) -> Int {
      var place = place
      let limit = place &+ 18
      while place < limit, text[place] &- 0x30 <= 9 { place &+= 1 }
      return place
    }
  }
#endif
