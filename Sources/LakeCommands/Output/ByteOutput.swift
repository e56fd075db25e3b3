/// Why bytes could not be written.
package enum OutputError: Error, Hashable {
  /// Nobody reads any more; not a failure of the command.
  case closedPipe
  case failed(reason: String, number: Int32)
}

/// Bytes on their way out, gathered into pieces of 64 KiB and more.
package final class ByteOutput {
  private static let pieceByteCount = 64 * 1024

  /// `nil` where the bytes are kept, as tests do.
  private let descriptor: Int32?
  private var bytes: [UInt8] = []

  package init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// An output that keeps what is written to it.
  package init() {
    descriptor = nil
  }

  /// What was written and has not left.
  package var pending: [UInt8] { bytes }

  /// Lets `body` append to the bytes that are to be written, and writes them where they are many.
  package func write<Result>(
    _ body: (inout [UInt8]) throws -> Result
  ) throws -> Result {
    let result = try body(&bytes)
    if bytes.count >= Self.pieceByteCount { try flush() }
    return result
  }

  package func write(_ text: String) throws {
    try write { $0.append(contentsOf: text.utf8) }
  }

  package func flush() throws(OutputError) {
    guard let descriptor, !bytes.isEmpty else { return }
    do {
      try SystemDoor.write(bytes, to: descriptor)
    } catch {
      bytes.removeAll()
      throw error.number == SystemDoor.brokenPipe
        ? .closedPipe : .failed(reason: error.reason, number: error.number)
    }
    bytes.removeAll(keepingCapacity: true)
  }
}
