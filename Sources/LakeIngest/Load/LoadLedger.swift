internal import LakeBytes
internal import LakeStore

/// The account of a load while it runs: every chunk is entered once, in the order of the input.
///
/// That order makes line numbers, the reject report and the points at which memory is full independent of
/// threads. Shared by all workers.
final class LoadLedger: Sendable {
  /// What a worker is to do with the chunk it asked about.
  enum Decision {
    /// Its rows are entered; route them.
    case route
    /// Memory is full of earlier rows; keep the chunk and end the epoch.
    case epochFull
    /// Another worker failed.
    case stop
  }

  private struct State {
    var files: [FileAccount]
    var nextSequence = 0
    var epochRowCount = 0
    /// What the rows in memory take, with their texts.
    var epochByteCount = 0
    /// The extra columns of the rows in memory; `nil` where there is no row.
    var epochLayout: ExtraLayout?
    var isEpochFull = false
    var hasFailed = false
    var totalRowCount: UInt64 = 0
    var doneByteCount: UInt64 = 0
    /// Of each chunk entered, its file and the lines of the file before it.
    var chunks: [(file: Int, lineCount: UInt64)] = []
    let rejects: RejectReport
  }

  private let state: Monitor<State>
  private let options: LoadOptions
  private let knownInputs: KnownInputs
  /// Of each file, the bytes of those behind it, as far as they are known.
  private let byteCountsBehind: [Int]

  /// - Parameter byteCounts: Of each file, as far as that is known before it is opened, else 0.
  init(
    paths: [String], byteCounts: [Int], options: LoadOptions, knownInputs: KnownInputs,
    rejects: sending RejectReport
  ) {
    self.options = options
    self.knownInputs = knownInputs
    var behind = 0
    byteCountsBehind = byteCounts.reversed().map { byteCount in
      defer { behind += byteCount }
      return behind
    }.reversed()
    state = Monitor(State(files: paths.map { FileAccount(path: $0) }, rejects: rejects))
  }

  /// Enters a chunk when its turn comes; waits for the chunks before it.
  func enter(_ account: ChunkAccount) throws(StoreError) -> Decision {
    let outcome: Result<Decision, StoreError> = state.wait { state in
      if state.hasFailed { return .success(.stop) }
      if state.isEpochFull { return .success(.epochFull) }
      guard state.nextSequence == account.sequence else { return nil }
      if isFull(state, before: account) {
        state.isEpochFull = true
        return .success(.epochFull)
      }
      do throws(StoreError) {
        try enter(account, into: &state)
        return .success(.route)
      } catch {
        state.hasFailed = true
        return .failure(error)
      }
    }
    let decision = try outcome.get()
    if account.isLastOfFile, decision == .route { tell(account.fileOrdinal) }
    return decision
  }

  /// Tells that a file is closed.
  private func tell(_ ordinal: Int) {
    options.fileDone(state.withLock { $0.files[ordinal].receipt })
  }

  /// Lets all waiting workers go, because the load cannot go on.
  func fail() {
    state.withLock { $0.hasFailed = true }
  }

  /// Begins the next epoch, with no row in memory.
  func beginEpoch() {
    state.withLock { state in
      state.epochRowCount = 0
      state.epochByteCount = 0
      state.epochLayout = nil
      state.isEpochFull = false
    }
  }

  /// Whether the rows must be written before the chunk's are added: they would not fit, their extra columns are
  /// others, or it is time for it before the chunk's file, which is about to begin.
  private func isFull(_ state: State, before account: ChunkAccount) -> Bool {
    guard state.epochRowCount > 0 else { return false }
    if account.rowCount > 0, state.epochLayout != account.format.layout { return true }
    let memory = options.memory
    if state.epochRowCount + account.rowCount > memory.rowLimit { return true }
    if state.epochByteCount + account.memoryByteCount > memory.rowByteLimit { return true }
    guard state.files[account.fileOrdinal].ledger.stored == 0,
      state.files[account.fileOrdinal].ledger.rejected == 0, state.doneByteCount > 0
    else { return false }
    let rowsOfByte = Double(state.totalRowCount) / Double(state.doneByteCount)
    let bytesOfRow = Double(state.epochByteCount) / Double(state.epochRowCount)
    let division = EpochDivision(
      capacity: min(Double(memory.rowLimit), Double(memory.rowByteLimit) / bytesOfRow),
      held: Double(state.epochRowCount))
    return division.isFull(
      before: Double(state.files[account.fileOrdinal].expectedByteCount) * rowsOfByte,
      behind: Double(byteCountsBehind[account.fileOrdinal]) * rowsOfByte)
  }

  private func enter(_ account: ChunkAccount, into state: inout State) throws(StoreError) {
    let path = state.files[account.fileOrdinal].path
    var rejects = account.rejects
    for index in rejects.indices {
      rejects[index].path = path
      rejects[index].line += state.files[account.fileOrdinal].ledger.lines
      rejects[index].byteOffset += UInt64(account.fileOffset)
    }
    try state.rejects.append(rejects, format: account.format)
    if account.format.layout.hasPositions {
      let skipped = repeatElement((file: 0, lineCount: UInt64(0)), count: account.sequence)
      state.chunks += skipped.dropFirst(state.chunks.count)
      state.chunks.append((account.fileOrdinal, state.files[account.fileOrdinal].ledger.lines))
    }
    state.files[account.fileOrdinal].add(account)
    state.nextSequence += 1
    state.epochRowCount += account.rowCount
    state.epochByteCount += account.memoryByteCount
    if account.rowCount > 0 { state.epochLayout = account.format.layout }
    state.totalRowCount += UInt64(account.rowCount)
    state.doneByteCount += UInt64(account.byteCount)
    if account.isLastOfFile { close(account.fileOrdinal, &state) }
  }

  /// Decides what becomes of a file whose records are all entered.
  private func close(_ ordinal: Int, _ state: inout State) {
    let ledger = state.files[ordinal].ledger
    let identity = state.files[ordinal].identity
    let isRepeated = state.files[..<ordinal].contains { earlier in
      earlier.identity?.digest == identity?.digest && identity != nil && earlier.isStored
    }
    state.files[ordinal].isClosed = true
    guard state.files[ordinal].error == nil else { return }
    do throws(IngestError) {
      // Standard input and pipes are known only when they have been read.
      let load = isRepeated ? 0 : try identity.flatMap(knownInputs.load(of:))
      state.files[ordinal].earlierLoad = load
      if load != nil { return }
    } catch {
      state.files[ordinal].error = error
      return
    }
    if options.errorLimit.isExceeded(
      rejected: ledger.rejected, records: ledger.dataRecords)
    {
      state.files[ordinal].error = IngestError(
        .tooManyRejects,
        "\(ledger.rejected) of \(ledger.dataRecords) records were rejected, more than allowed")
    } else if ledger.rejected > 0, ledger.stored == 0 {
      state.files[ordinal].error = IngestError(
        .noStorableRow, "all \(ledger.rejected) records were rejected")
    }
  }
}

// MARK: - What the reader tells

extension LoadLedger {
  /// A file is open and its header is read.
  func noteStart(of file: OpenInput, expectedByteCount: Int, isRepeatable: Bool) {
    state.withLock { state in
      state.files[file.ordinal].isRepeatable = isRepeatable
      state.files[file.ordinal].expectedByteCount = expectedByteCount
      state.files[file.ordinal].format = file.format
      state.files[file.ordinal].ledger = file.preamble.ledger
    }
  }

  /// All bytes of a file are read.
  func noteEnd(of file: OpenInput) {
    state.withLock { state in
      state.files[file.ordinal].identity = file.identity()
      if file.format == nil { close(file.ordinal, &state) }
    }
    if file.format == nil { tell(file.ordinal) }
  }

  /// The bytes of an earlier file of the load, where `digest` is theirs.
  func hasRead(_ digest: Digest128) -> Bool {
    state.withLock { state in state.files.contains { $0.identity?.digest == digest } }
  }

  /// Whether an earlier file of the load has as many bytes.
  func hasRead(byteCount: Int) -> Bool {
    state.withLock { state in state.files.contains { $0.identity?.byteCount == byteCount } }
  }

  /// A file's bytes are in the lake already; it is not read.
  func noteAlreadyLoaded(_ ordinal: Int, load: UInt64, byteCount: Int) {
    state.withLock { state in
      state.files[ordinal].earlierLoad = load
      state.files[ordinal].isClosed = true
      state.files[ordinal].doneByteCount = UInt64(byteCount)
    }
    tell(ordinal)
  }

  /// A file that failed in an earlier attempt of the load, with the account that it had.
  func noteFailed(_ ordinal: Int, _ account: FileAccount) {
    state.withLock { $0.files[ordinal] = account }
    tell(ordinal)
  }

  /// A file cannot be read, or no further.
  func noteFailure(_ ordinal: Int, _ error: IngestError) {
    state.withLock { state in
      state.files[ordinal].error = error
      state.files[ordinal].isClosed = true
    }
    tell(ordinal)
  }
}

// MARK: - What the load asks

extension LoadLedger {
  var files: [FileAccount] { state.withLock { $0.files } }

  /// The file and the line, from 1, at which a row stands whose chunk is entered.
  func place(of position: RowPosition) -> (path: String, line: UInt64) {
    state.withLock { state in
      let chunk = state.chunks[position.sequence]
      return (state.files[chunk.file].path, chunk.lineCount + position.line + 1)
    }
  }

  /// The extra columns of the rows in memory.
  var epochLayout: ExtraLayout { state.withLock { $0.epochLayout ?? .none } }

  var rejectSamples: [RejectedRecord] { state.withLock { $0.rejects.samples } }

  func finishRejects() throws(StoreError) -> ReportReference? {
    try state.withLock { state throws(StoreError) in try state.rejects.finish() }
  }

  func progress(_ phase: LoadProgress.Phase) -> LoadProgress {
    state.withLock { state in
      let current = state.files.last { $0.ledger.records > 0 } ?? state.files.first
      return LoadProgress(
        phase: phase, path: current?.path ?? "", doneByteCount: state.doneByteCount,
        rowCount: state.totalRowCount)
    }
  }
}
