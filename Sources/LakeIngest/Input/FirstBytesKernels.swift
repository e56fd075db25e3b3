/// The first bytes of an input's text, as many as a record may have.
struct FirstBytes {
  let bytes: [UInt8]
  /// Whether they are all of it.
  let isWhole: Bool

  init(_ text: InputText) throws(IngestError) {
    let limit = InputReader.recordByteLimit
    let buffer = UnsafeMutableRawPointer.allocate(byteCount: limit, alignment: 64)
    defer { buffer.deallocate() }
    var filled = 0
    var isAtEnd = false
    while filled < limit, !isAtEnd {
      let count = try text.read(into: buffer + filled, count: limit - filled)
      isAtEnd = count == 0
      filled += count
    }
    bytes = Array(UnsafeRawBufferPointer(start: buffer, count: filled))
    isWhole = isAtEnd
  }
}
