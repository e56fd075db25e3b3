internal import LakeBytes
internal import LakeFile

extension Lake {
  private static let pieceByteCount = 1 << 18

  /// Reads a report that a load left, piece by piece, and proves it against its digest.
  ///
  /// - Parameter body: Is given each piece before all of them are proven: what it makes of them is good only
  ///   where this returns.
  /// - Throws: `StoreError.missingFile`, `.damaged`, `.inputOutput`; what `body` throws.
  package func readReport(
    _ reference: ReportReference, _ body: ([UInt8]) throws -> Void = { _ in }
  ) throws {
    let file = try openNamedFile(reference.path)
    guard UInt64(file.byteCount) == reference.byteCount else { throw differs(reference) }
    var digest = StreamingDigest()
    var position = 0
    while position < file.byteCount {
      let end = min(position + Self.pieceByteCount, file.byteCount)
      let piece = try file.read(position..<end)
      piece.withUnsafeBytes { digest.update($0) }
      try body(piece)
      position = end
    }
    guard digest.value() == reference.digest else { throw differs(reference) }
  }

  /// What is wrong with a report; `nil` where nothing is.
  package func damage(of reference: ReportReference) -> StoreError? {
    do {
      try readReport(reference)
      return nil
    } catch {
      return StoreError(wrapping: error, path: reference.path)
    }
  }

  private func differs(_ reference: ReportReference) -> StoreError {
    StoreError(.damaged, path: reference.path.text, "the report differs from its digest")
  }
}
