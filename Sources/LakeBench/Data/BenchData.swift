internal import Glibc
internal import LakeStore

/// Writes generated trips to CSV files.
///
/// Row `i` of the whole is the same for every number of files and threads.
package struct BenchData: Sendable {
  package let rowCount: UInt64
  package let fileCount: Int
  let seed: UInt64

  private static let pieceRowCount: UInt64 = 1 << 12

  package init(rowCount: UInt64, fileCount: Int, seed: UInt64) {
    self.rowCount = rowCount
    self.fileCount = fileCount
    self.seed = seed
  }

  package func fileName(_ index: Int) -> String {
    let digits = String(index + 1)
    return "trips-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits + ".csv"
  }

  /// Writes the files into a folder, which exists.
  ///
  /// - Returns: The bytes written.
  /// - Throws: `BenchError`; also where `isInterrupted` turns true between two files.
  package func write(
    to folder: String, threadCount: Int, isInterrupted: () -> Bool = { false }
  ) throws -> Int {
    var byteCount = 0
    for index in 0..<fileCount {
      guard !isInterrupted() else { throw BenchError.interrupted }
      byteCount += try writeFile(index, to: folder, threadCount: threadCount)
    }
    return byteCount
  }

  private func rows(ofFile index: Int) -> Range<UInt64> {
    let count = UInt64(fileCount)
    return rowCount * UInt64(index) / count..<rowCount * UInt64(index + 1) / count
  }

  /// Threads make pieces of rows at the same time and write them in turn.
  private func writeFile(_ index: Int, to folder: String, threadCount: Int) throws -> Int {
    let path = folder + "/" + fileName(index)
    let descriptor = open(path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw BenchError(path: path, errno: errno) }
    defer { close(descriptor) }
    let rows = rows(ofFile: index)
    let taken = Monitor(rows.lowerBound)
    let turn = Monitor((row: rows.lowerBound, byteCount: 0))
    let generator = BenchTripGenerator(seed: seed)
    try WorkerGroup.run(threadCount: threadCount) { _ in
      let text = BenchPiece(rowCount: Int(Self.pieceRowCount))
      while let piece = Self.takePiece(taken, end: rows.upperBound) {
        text.make(piece, generator: generator, withHeader: piece.lowerBound == rows.lowerBound)
        try turn.wait { turn -> Result<Void, BenchError>? in
          guard turn.row == piece.lowerBound else { return nil }
          turn.row = piece.upperBound
          turn.byteCount += text.byteCount
          return text.write(to: descriptor)
            ? .success(()) : .failure(BenchError(path: path, errno: errno))
        }.get()
      }
    }
    return turn.withLock { $0.byteCount }
  }

  private static func takePiece(_ taken: Monitor<UInt64>, end: UInt64) -> Range<UInt64>? {
    taken.withLock { next in
      guard next < end else { return nil }
      let start = next
      next = min(end, next + pieceRowCount)
      return start..<next
    }
  }
}
