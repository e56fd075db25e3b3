/// A run of whole records of one input file, in memory.
///
/// Before the first byte stand `frontPadding` readable bytes, behind `byteCount` at least `padding`, so that
/// kernels may load whole words.
final class Chunk {
  static let padding = 64
  static let frontPadding = 16

  private(set) var bytes: UnsafeMutablePointer<UInt8>
  private(set) var capacity: Int
  /// Bytes of whole records, from the first on.
  var byteCount = 0
  /// Place among all chunks of the load.
  var sequence = 0
  var fileOrdinal = 0
  /// The offset of the first byte in the text of its file.
  var fileOffset = 0
  /// Bytes of the file that it accounts for; another number than `byteCount` where the file is compressed.
  var inputByteCount = 0
  var isLastOfFile = false
  /// The one record it holds is too long or never ends; its bytes may be a part of it.
  var isOversized = false
  /// Each line is a record of its own; a quote that stays open ends with its line.
  var isLineByLine = false
  /// The last record has no line end in the file; one was added for the scanner.
  var lacksFinalLineEnd = false
  /// Whether any quote stands in it.
  var hasQuotes = false

  init(capacity: Int) {
    self.capacity = capacity
    bytes = Self.allocate(capacity)
    bytes.initialize(repeating: 0, count: capacity + Self.padding)
  }

  deinit {
    Self.deallocate(bytes)
  }

  private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<UInt8> {
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: frontPadding + capacity + padding)
    memory.initialize(repeating: 0, count: frontPadding)
    return memory + frontPadding
  }

  private static func deallocate(_ bytes: UnsafeMutablePointer<UInt8>) {
    (bytes - frontPadding).deallocate()
  }

  /// Grows to hold `newCapacity` bytes, keeping the first `count`.
  func reserve(_ newCapacity: Int, keeping count: Int) {
    guard newCapacity > capacity else { return }
    let grown = Self.allocate(newCapacity)
    grown.initialize(from: bytes, count: count)
    (grown + count).initialize(repeating: 0, count: newCapacity + Self.padding - count)
    Self.deallocate(bytes)
    bytes = grown
    capacity = newCapacity
  }

  /// Copies of `range`; O(n).
  func copyBytes(_ range: Range<Int>) -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= capacity + Self.padding)
    return Array(UnsafeBufferPointer(start: bytes + range.lowerBound, count: range.count))
  }

  func copyIn(_ source: [UInt8], at offset: Int) {
    precondition(offset >= 0 && offset + source.count <= capacity)
    source.withUnsafeBufferPointer { buffer in
      if let base = buffer.baseAddress { (bytes + offset).update(from: base, count: buffer.count) }
    }
  }

  subscript(index: Int) -> UInt8 {
    get {
      precondition(index >= 0 && index < capacity)
      return bytes[index]
    }
    set {
      precondition(index >= 0 && index < capacity)
      bytes[index] = newValue
    }
  }

  /// Lines that end in `range`: each LF, and each CR that no LF follows.
  func lineEndCount(in range: Range<Int>) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= capacity)
    var count = 0
    for index in range {
      let byte = bytes[index]
      if byte == Ascii.lineFeed
        || (byte == Ascii.carriageReturn && bytes[index + 1] != Ascii.lineFeed)
      {
        count += 1
      }
    }
    return count
  }
}
