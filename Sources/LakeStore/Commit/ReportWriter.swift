internal import LakeBytes
internal import Synchronization

/// A report file while it is written: the rows a load refused, or took for duplicates.
package final class ReportWriter: Sendable {
  private static let bufferByteCount = 1 << 16

  private let transaction: LakeTransaction
  private let kind: ReportKind
  private let file: StoreFile
  private let progress: Mutex<Progress>

  private struct Progress: ~Copyable {
    var digest = StreamingDigest()
    var byteCount = 0
    var buffer: [UInt8] = []
  }

  init(transaction: LakeTransaction, kind: ReportKind, file: StoreFile) {
    self.transaction = transaction
    self.kind = kind
    self.file = file
    progress = Mutex(Progress())
  }

  /// - Throws: `StoreError.diskFull`, `.inputOutput`. After an error the transaction can only be aborted.
  package func append(_ bytes: [UInt8]) throws(StoreError) {
    do {
      try progress.withLock { progress throws(SystemError) in
        progress.buffer += bytes
        if progress.buffer.count >= Self.bufferByteCount { try Self.flush(&progress, to: file) }
      }
    } catch {
      throw fail(error)
    }
  }

  /// Ends the file and brings it to the disk.
  ///
  /// - Returns: What the load's record says of it.
  package func finish() throws(StoreError) -> ReportReference {
    do {
      let (byteCount, digest) = try progress.withLock {
        progress throws(SystemError) -> (Int, Digest128) in
        try Self.flush(&progress, to: file)
        return (progress.byteCount, progress.digest.value())
      }
      try file.synchronize()
      try file.close()
      return ReportReference(
        kind: kind, transaction: transaction.id, byteCount: UInt64(byteCount), digest: digest)
    } catch {
      throw fail(error)
    }
  }

  private func fail(_ error: SystemError) -> StoreError {
    let failure = StoreError(error)
    transaction.poison(failure)
    return failure
  }

  private static func flush(
    _ progress: inout Progress, to file: StoreFile
  ) throws(SystemError) {
    try file.write(progress.buffer, at: progress.byteCount)
    let buffer = progress.buffer
    buffer.withUnsafeBytes { progress.digest.update($0) }
    progress.byteCount += progress.buffer.count
    progress.buffer.removeAll(keepingCapacity: true)
  }
}

extension LakeTransaction {
  /// Begins the transaction's report of this kind; one of each at most.
  package func makeReport(_ kind: ReportKind) throws(StoreError) -> ReportWriter {
    try checkUsable()
    let path = LakePath.report(kind, id)
    do {
      let file = try StoreFile(creating: path, in: fileSystem)
      state.withLock { state in
        state.reports[kind] = path
        state.folders.insert(path.parent)
      }
      return ReportWriter(transaction: self, kind: kind, file: file)
    } catch {
      throw StoreError(error)
    }
  }
}
