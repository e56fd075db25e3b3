internal import LakeBytes

/// Writes text to memory without checks; the hot part of writing rows.
///
/// Safe because every caller first makes room for the most bytes that it can write: `pointByteLimit` a point,
/// `timeByteLimit` a time, and the known lengths of names.
struct TextPointer {
  /// `POINT (`, two doubles of at most 24 bytes, a space and `)`.
  static let pointByteLimit = 64
  /// `-290308-12-21T19:59:05.224192+00:00`.
  static let timeByteLimit = 40

  private(set) var position: UnsafeMutablePointer<UInt8>

  init(_ start: UnsafeMutablePointer<UInt8>) {
    position = start
  }

  @inline(__always)
  mutating func put(_ byte: UInt8) {
    position.initialize(to: byte)
    position += 1
  }

  @inline(__always)
  mutating func put(_ source: UnsafePointer<UInt8>, count: Int) {
    position.initialize(from: source, count: count)
    position += count
  }

  mutating func put(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      put(start, count: buffer.count)
    }
  }

  @inline(__always)
  mutating func putPair(_ number: Int) {
    put(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number / 10))
    put(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number % 10))
  }

  @inline(__always)
  mutating func putPoint(x: Double, y: Double) {
    put(UInt8(ascii: "P"))
    put(UInt8(ascii: "O"))
    put(UInt8(ascii: "I"))
    put(UInt8(ascii: "N"))
    put(UInt8(ascii: "T"))
    put(UInt8(ascii: " "))
    put(UInt8(ascii: "("))
    putShortest(x)
    put(UInt8(ascii: " "))
    putShortest(y)
    put(UInt8(ascii: ")"))
  }

  /// Writes a number as the shortest decimal that reads back to the same bits.
  mutating func putShortest(_ number: Double) {
    guard let decimal = MapDecimal(number.magnitude) else {
      for byte in number.shortestDecimal.utf8 { put(byte) }
      return
    }
    if number.sign == .minus { put(UInt8(ascii: "-")) }
    put(decimal)
  }

  private mutating func put(_ decimal: MapDecimal) {
    // The digits are laid down from their end; their number is known from the size of the whole part.
    let fractionDigitCount = max(0, decimal.fractionDigitCount)
    var rest = decimal.digits
    for _ in 0..<max(0, -decimal.fractionDigitCount) { rest *= 10 }
    let wholeDigitCount = decimal.wholeDigitCount
    var end = position + wholeDigitCount
    if fractionDigitCount > 0 {
      end += fractionDigitCount + 1
      var place = end
      for _ in 0..<fractionDigitCount {
        place -= 1
        place.initialize(to: UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10))
        rest /= 10
      }
      (place - 1).initialize(to: UInt8(ascii: "."))
    }
    var place = position + wholeDigitCount
    for _ in 0..<wholeDigitCount {
      place -= 1
      place.initialize(to: UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    }
    position = end
  }
}
