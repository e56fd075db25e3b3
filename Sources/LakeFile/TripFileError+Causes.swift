internal import LakeBytes
internal import LakeColumns
internal import TripModel

extension TripFileError {
  init(_ error: ByteError, path: String, column: ColumnID? = nil) {
    let code: Code =
      switch error.code {
      case .truncated: .wrongSize
      case .outOfRange: .malformed
      case .checksumMismatch: .checksumMismatch
      case .badMagic: .badMagic
      case .unsupported: .unsupportedSection
      }
    self.init(code, path: path, column: column, offset: error.offset, error.message)
  }

  /// - Parameter pageOffset: Where the page lies in the file.
  init(_ error: ColumnError, path: String, block: Int, column: ColumnID, pageOffset: Int) {
    self.init(
      .malformed, path: path, block: block, column: column, offset: pageOffset + error.offset,
      error.message)
  }
}
