package import LakeBytes

/// Explains the bytes of a page for people.
package enum PageDescription {
  /// What each byte of a page means, from the first to the last.
  ///
  /// - Parameters:
  ///   - base: The page's offset in the file.
  ///   - rowCount: Rows of the block.
  ///   - nullCount: What the zone map says.
  /// - Throws: `ByteError` where the bytes are not such a page.
  package static func annotations(
    _ page: [UInt8], base: Int, rowCount: Int, nullCount: Int, isFloat: Bool
  ) throws(ByteError) -> [ByteAnnotation] {
    guard !page.isEmpty else { return [] }
    var annotator = ByteAnnotator(page, base: base)
    let code = try annotator.number(UInt8.self, "encoding") {
      PageEncoding(rawValue: $0).map { "\($0)" } ?? "unknown code \($0)"
    }
    let flags = PageFlags(rawValue: try annotator.number(UInt8.self, "flags"))
    if flags.contains(.hasNulls) {
      try annotator.bytes(count: (rowCount + 7) / 8, "validity bitmap") { _ in
        "\(nullCount) nulls in \(rowCount) rows"
      }
    }
    if flags.contains(.isCompressed) {
      try annotator.number(UInt32.self, "real size of the body")
      try annotator.bytes(count: annotator.remaining, "body, a Zstandard frame")
    } else if let encoding = PageEncoding(rawValue: code) {
      try describe(encoding, &annotator, count: rowCount - nullCount, isFloat: isFloat)
    }
    try annotator.bytes(count: annotator.remaining, "bytes without a meaning")
    return annotator.annotations
  }

  private static func describe(
    _ encoding: PageEncoding, _ annotator: inout ByteAnnotator, count: Int, isFloat: Bool
  ) throws(ByteError) {
    switch encoding {
    case .constant: try word("value of every row", isFloat, &annotator)
    case .frameOfReference:
      try word("reference", isFloat, &annotator)
      try annotator.number(UInt64.self, "divisor")
      let packing = try packing(&annotator)
      try packed("quotients", packing, &annotator, count: count)
    case .orderedFloat:
      let signs = try annotator.number(UInt8.self, "signs") {
        OrderedFloat.Signs(rawValue: $0).map { "\($0)" } ?? "unknown code \($0)"
      }
      try annotator.number(UInt8.self, "shift")
      let packing = try packing(&annotator)
      try word("smallest magnitude", isFloat, &annotator)
      if signs == OrderedFloat.Signs.both.rawValue {
        try word("smallest magnitude of the negative", isFloat, &annotator)
      }
      try packed("offsets", packing, &annotator, count: count)
    case .dictionary:
      let wordCount = Int(try annotator.number(UInt16.self, "distinct words"))
      try word("smallest word", isFloat, &annotator)
      try packed("words", &annotator, count: wordCount)
      let width = BitPacking.width(of: UInt64(max(wordCount, 1) - 1))
      try packed("indexes", &annotator, count: count, width: width)
    case .decimalFloat:
      try annotator.number(UInt8.self, "exponent of ten")
      let packing = try packing(&annotator)
      try word("smallest integer", false, &annotator)
      let exceptionCount = Int(try annotator.number(UInt32.self, "exceptions"))
      try packed("integers", packing, &annotator, count: count)
      try packed(
        "places of the exceptions", &annotator, count: exceptionCount,
        width: DecimalFloat.placeWidth(count: count))
      try words(exceptionCount, &annotator)
    case .raw: try words(count, &annotator)
    }
  }

  private static func words(
    _ count: Int, _ annotator: inout ByteAnnotator
  ) throws(ByteError) {
    try annotator.bytes(count: min(count * 8, annotator.remaining), "words")
  }

  private static func word(
    _ meaning: String, _ isFloat: Bool, _ annotator: inout ByteAnnotator
  ) throws(ByteError) {
    try annotator.number(UInt64.self, meaning) { word in
      isFloat ? "\(Double(bitPattern: word))" : "\(Int64(bitPattern: word))"
    }
  }

  /// The byte of the width; one that no reader takes is shown, and taken as flat.
  private static func packing(
    _ annotator: inout ByteAnnotator
  ) throws(ByteError) -> NumberPacking {
    let code = try annotator.number(UInt8.self, "width") { code in
      let isFramed = code & NumberPacking.framedFlag != 0
      return "\(code & ~NumberPacking.framedFlag)\(isFramed ? ", in frames" : "")"
    }
    let width = min(64, Int(code & ~NumberPacking.framedFlag))
    return NumberPacking(width: width, isFramed: code & NumberPacking.framedFlag != 0)
  }

  private static func packed(
    _ meaning: String, _ packing: NumberPacking, _ annotator: inout ByteAnnotator, count: Int
  ) throws(ByteError) {
    guard packing.isFramed else {
      return try packed(meaning, &annotator, count: count, width: packing.width)
    }
    let frameCount = NumberPacking.frameCount(of: count)
    var widths: [Int] = []
    for frame in 0..<frameCount {
      widths.append(Int(try annotator.number(UInt8.self, "width of frame \(frame)")))
    }
    try packed(
      "smallest of each frame", &annotator, count: frameCount, width: packing.width)
    for (frame, width) in widths.enumerated() {
      let rest = count - frame * NumberPacking.numbersPerFrame
      try packed(
        "\(meaning) of frame \(frame)", &annotator,
        count: min(NumberPacking.numbersPerFrame, rest), width: width)
    }
  }

  /// - Parameter width: `nil` where it stands before the packed numbers.
  private static func packed(
    _ meaning: String, _ annotator: inout ByteAnnotator, count: Int, width: Int? = nil
  ) throws(ByteError) {
    var bits = width ?? 0
    if width == nil { bits = Int(try annotator.number(UInt8.self, "width")) }
    bits = min(64, bits)
    let byteCount = BitPacking.byteCount(count: count, width: bits)
    try annotator.bytes(count: min(byteCount, annotator.remaining), "\(meaning), bit-packed") {
      _ in "\(count) of \(bits) bits"
    }
  }
}
