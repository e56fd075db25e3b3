internal import LakeBytes
internal import TripModel

/// Cuts the input files of a load, one after the other, into chunks of whole records.
///
/// Used by one worker at a time. A file that cannot be opened, or whose header does not fit, is told to the
/// ledger and passed over.
final class InputReader {
  /// Bytes a record may have; a longer one is a reject, and reading goes on behind it.
  static let recordByteLimit = 1 << 20

  private let paths: [String]
  private var formats: InputFormats
  private let chunkByteCount: Int
  private let knownInputs: KnownInputs
  /// Files that turned out to be in the lake already, and the load that has them.
  private let excluded: [Int: UInt64]
  /// Files that failed in an earlier attempt.
  private let failed: [Int: FileAccount]
  private let ledger: LoadLedger
  private let isInterrupted: @Sendable () -> Bool
  private var nextOrdinal = 0
  private var nextSequence = 0
  private var file: OpenInput?

  init(
    paths: [String], formats: InputFormats, chunkByteCount: Int, knownInputs: KnownInputs,
    excluded: [Int: UInt64], failed: [Int: FileAccount], ledger: LoadLedger,
    isInterrupted: @escaping @Sendable () -> Bool
  ) {
    self.paths = paths
    self.formats = formats
    self.chunkByteCount = chunkByteCount
    self.knownInputs = knownInputs
    self.excluded = excluded
    self.failed = failed
    self.isInterrupted = isInterrupted
    self.ledger = ledger
  }

  /// The lake's schema with the columns that the files read so far add.
  var schema: TripSchema { formats.schema }

  /// Fills `chunk` with the next records and tells their format; `nil` when all files are read.
  func next(_ chunk: Chunk) -> InputFormat? {
    while !isInterrupted(), let file = file ?? openNext(chunk) {
      self.file = file
      do throws(IngestError) {
        try file.fill(chunk, byteCount: chunkByteCount)
      } catch {
        fail(file.ordinal, error)
        continue
      }
      if chunk.isLastOfFile {
        self.file = nil
        ledger.noteEnd(of: file)
      }
      guard let format = file.format else { continue }
      chunk.sequence = nextSequence
      nextSequence += 1
      return format
    }
    return nil
  }

  private func openNext(_ chunk: Chunk) -> OpenInput? {
    while nextOrdinal < paths.count {
      let ordinal = nextOrdinal
      nextOrdinal += 1
      if let load = excluded[ordinal] {
        ledger.noteAlreadyLoaded(ordinal, load: load, byteCount: 0)
        continue
      }
      if let account = failed[ordinal] {
        ledger.noteFailed(ordinal, account)
        continue
      }
      do throws(IngestError) {
        let input = try InputFile(path: paths[ordinal], isInterrupted: isInterrupted)
        if let load = try knownInputs.load(of: input) {
          ledger.noteAlreadyLoaded(ordinal, load: load, byteCount: input.byteCount)
          continue
        }
        if try isRepeated(input) {
          ledger.noteAlreadyLoaded(ordinal, load: 0, byteCount: input.byteCount)
          continue
        }
        let file = try OpenInput(input, ordinal: ordinal, formats: &formats, chunk: chunk)
        ledger.noteStart(
          of: file, expectedByteCount: input.byteCount, isRepeatable: input.isRegular)
        return file
      } catch {
        fail(ordinal, error)
      }
    }
    return nil
  }

  /// Whether a file has the bytes of an earlier one of this load.
  private func isRepeated(_ input: InputFile) throws(IngestError) -> Bool {
    guard input.isRegular, ledger.hasRead(byteCount: input.byteCount) else { return false }
    return ledger.hasRead(try input.identity().digest)
  }

  private func fail(_ ordinal: Int, _ error: IngestError) {
    file = nil
    ledger.noteFailure(ordinal, error)
  }
}
