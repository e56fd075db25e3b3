internal import LakeIngest
internal import LakeNotify
internal import LakeStore
internal import TripModel

/// Loads what lands in a folder, one file after the other.
final class WatchLoop {
  /// A file of which the file system cannot tell whether it is complete must have been left alone for so long.
  private static let quietSeconds = 2
  /// After an error of the system, and twice that after each that follows.
  private static let errorPauseSeconds = 30
  private static let longestErrorPauseSeconds = 900

  /// What is to become of a file that is not done.
  private enum Wait {
    /// Its writer will close it.
    case forClose
    case seconds(Int)
  }

  private let lake: Lake
  private let folder: WatchFolder
  private let mover: WatchMover
  private let options: LoadOptions
  private let announcer: LakeAnnouncer
  private let didFinish: (WatchResult) throws -> Void
  private(set) var results = WatchTotals()
  private var hasToldUnreadable = false
  private var errorPause = WatchLoop.errorPauseSeconds

  /// - Parameter didFinish: Told of each file when it is moved.
  init(
    _ lake: Lake, _ folder: WatchFolder, _ options: LoadOptions, _ announcer: LakeAnnouncer,
    isOneShot: Bool, didFinish: @escaping (WatchResult) throws -> Void
  ) {
    self.lake = lake
    self.folder = folder
    mover = WatchMover(folder: folder)
    self.options = options
    self.announcer = announcer
    self.didFinish = didFinish
    results.isOneShot = isOneShot
  }

  /// Loads what is there, once.
  ///
  /// - Returns: Seconds after which it is worth looking again without news; `nil` for never.
  /// - Throws: `CommandError` for what is not the fault of a file.
  func pass() throws -> Int? {
    let (files, unreadableCount) = try folder.files()
    if unreadableCount > 0, !hasToldUnreadable {
      hasToldUnreadable = true
      announcer.tell(
        "warning: \(Plural.count(unreadableCount, "file")) left alone: the name is not UTF-8")
    }
    var pause: Int?
    for file in files {
      if Interruption.isRequested { break }
      if case .seconds(let seconds)? = try handleOrPause(file) {
        pause = min(pause ?? seconds, seconds)
      }
    }
    return pause
  }

  /// Sleeps until something lands, a signal comes, or `seconds` are over.
  ///
  /// - Returns: `false` where it is time to end.
  func sleep(_ watch: FolderWatch, seconds: Int?, output: Int32) throws -> Bool {
    let wake = watch.wait(
      signals: Interruption.descriptor, output: output, milliseconds: seconds.map { $0 * 1000 })
    if wake.contains(.signal) || wake.contains(.hangUp) || Interruption.isRequested { return false }
    guard !watch.news().contains(.folderGone) else { throw Self.folderGone(folder.path) }
    return true
  }

  private func handleOrPause(_ file: WatchedFile) throws -> Wait? {
    do {
      return try handle(file)
    } catch let failure as SystemDoor.Failure {
      return try pause(after: CommandError(watched: failure))
    }
  }

  /// - Returns: `nil` where the file is done, or gone.
  private func handle(_ file: WatchedFile) throws -> Wait? {
    if let target = try mover.resume(file) {
      try didFinish(WatchResult(file: file, target: target, outcome: .resumed))
      return nil
    }
    switch folder.completeness(file) {
    case .complete: break
    case .gone: return nil
    case .open: return .forClose
    case .unknown:
      let age = SystemDoor.currentMicroseconds / 1_000_000 - file.modified / 1_000_000_000
      if age < Self.quietSeconds { return .seconds(Self.quietSeconds) }
    }
    return try load(file)
  }

  private func load(_ file: WatchedFile) throws -> Wait? {
    let path = "\(folder.path)/\(file.name)"
    let load = LoadAnnouncer(
      lake, announcer, command: "watch", paths: [path],
      totalByteCount: UInt64(max(0, file.byteCount)))
    let result: Result<LoadReceipt, CommandError>
    do {
      let receipt = try load.run(options)
      let error = receipt.files.first?.error
      if error?.code == .inputChanged { return .seconds(Self.quietSeconds) }
      if error?.code == .inputMissing { return nil }
      result = .success(receipt)
    } catch let error as CommandError {
      guard error.exitCode == .badData else { return try pause(after: error) }
      result = .failure(error)
    }
    let receipt = WatchReceipt(file, result, lakePath: lake.path)
    let target = try mover.finish(file, receipt)
    results.add(result)
    errorPause = Self.errorPauseSeconds
    try didFinish(WatchResult(file: file, target: target, outcome: .loaded(result)))
    return nil
  }

  /// Errors of the system may pass by themselves: the file stays where it is.
  private func pause(after error: CommandError) throws -> Wait {
    switch error.exitCode {
    case .inputOutput, .tryAgain:
      if results.isOneShot { throw error }
      announcer.report(error)
      defer { errorPause = min(errorPause * 2, Self.longestErrorPauseSeconds) }
      return .seconds(errorPause)
    default: throw error
    }
  }

  private static func folderGone(_ path: String) -> CommandError {
    var error = CommandError(8011, .inputMissing, "the watched folder was removed or renamed")
    error.place = .init(path: path)
    return error
  }
}

/// What became of a watched file.
struct WatchResult {
  enum Outcome {
    case loaded(Result<LoadReceipt, CommandError>)
    /// It was loaded by a run that was killed before it could move the file.
    case resumed
  }

  let file: WatchedFile
  /// Where it is now, from the watched folder.
  let target: String
  let outcome: Outcome
}

/// How many files ended how.
struct WatchTotals {
  /// Whether the command ends after one pass; then no error is waited out.
  var isOneShot = false
  private(set) var cleanCount = 0
  private(set) var withRejectsCount = 0
  private(set) var failedCount = 0

  mutating func add(_ result: Result<LoadReceipt, CommandError>) {
    switch (try? result.get())?.status {
    case .committed?, .alreadyLoaded?: cleanCount += 1
    case .committedWithRejects?: withRejectsCount += 1
    case .failed?, nil: failedCount += 1
    }
  }

  /// - Parameter areRejectsFine: Whether rejects alone are a success.
  func exitCode(areRejectsFine: Bool) -> ExitCode {
    if failedCount > 0 {
      return cleanCount + withRejectsCount > 0 ? .committedWithRejects : .badData
    }
    return withRejectsCount > 0 && !areRejectsFine ? .committedWithRejects : .done
  }
}
