internal import LakeFile

/// Small steps made of the door's calls.
extension FileSystem {
  func makeDirectoryIfMissing(_ path: LakePath) throws(SystemError) {
    do {
      try FileSystemCall.retrying { () throws(SystemError) in try makeDirectory(path) }
    } catch  where error.isExisting {
      // Whoever made it, it is there; whether it lasts is the caller's to see to.
    }
  }

  /// The names in a folder, also when the call is interrupted.
  func names(in folder: LakePath) throws(SystemError) -> [DirectoryEntry] {
    try FileSystemCall.retrying { () throws(SystemError) in try list(folder) }
  }

  /// Whether two names lead to one file; `nil` where that cannot be told.
  func isSameFile(_ first: LakePath, _ second: LakePath) -> Bool? {
    guard let file = try? StoreFile(opening: first, in: self) else { return nil }
    return try? file.isNamed(second)
  }
}

extension FileSystemCall {
  /// A call that is interrupted more often than this is taken to have failed.
  private static let interruptionLimit = 100

  /// Makes a call again where a signal interrupted it. Not for fsync and close, whose second success
  /// proves nothing, nor for links and removals, which may have worked the first time.
  static func retrying<Result>(
    _ body: () throws(SystemError) -> Result
  ) throws(SystemError) -> Result {
    for _ in 1..<interruptionLimit {
      do {
        return try body()
      } catch  where error.isInterruption {
        continue
      }
    }
    return try body()
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
