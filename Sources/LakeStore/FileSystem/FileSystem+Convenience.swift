internal import LakeFile

/// Small steps made of the door's calls.
extension FileSystem {
  func makeDirectoryIfMissing(_ path: LakePath) throws(SystemError) {
    do {
      try makeDirectory(path)
    } catch  where error.isExisting {
      // Whoever made it, it is there; whether it lasts is the caller's to see to.
    }
  }

  /// Whether two names lead to one file; `nil` where that cannot be told.
  func isSameFile(_ first: LakePath, _ second: LakePath) -> Bool? {
    guard let file = try? StoreFile(opening: first, in: self) else { return nil }
    return try? file.isNamed(second)
  }
}

extension StoreFile {
  /// All bytes of the file. Callers have checked its size.
  func readAll() throws(StoreError) -> [UInt8] {
    do {
      return try read(0..<byteCount)
    } catch let error as StoreError {
      throw error
    } catch {
      throw StoreError(.inputOutput, path: path.text, "\(error)")
    }
  }
}
