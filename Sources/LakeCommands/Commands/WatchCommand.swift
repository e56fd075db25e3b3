internal import LakeBytes
internal import LakeIngest
internal import LakeNotify
internal import LakeStore
internal import TripModel

/// `triplake watch DIR`: every file that lands in a folder is one load.
struct WatchCommand {
  private let raw: RawOptions
  private let environment: CommandEnvironment
  private let work: LoadWork
  private let path: String

  init(_ raw: RawOptions, _ environment: CommandEnvironment) throws {
    self.raw = raw
    self.environment = environment
    path = raw.arguments[0]
    var work = try IngestCommand.work(raw, environment, command: "watch", paths: [])
    // SIGTERM lets the load at hand end; SIGINT ends it.
    work.options.isInterrupted = {
      Interruption.isRequested && Interruption.exitCode == .interrupted
    }
    self.work = work
  }

  func run() throws -> ExitCode {
    let folder = try openFolder()
    Interruption.deferToCommand()
    SystemDoor.ignoreLeaseBreaks()
    let lake = try IngestCommand.openOrCreate(raw, environment)
    let target = try OutputTarget(raw, environment)
    guard target.format != .json || raw.has("once") else {
      throw UsageErrors.contradiction(
        "watch has no end, and JSON is one object", help: "--format ndjson is one object a line")
    }
    let announcer = work.makeAnnouncer(lake)
    // What a killed run could not tell is told now, and not with the next file.
    EventsClaim(announcer.publisher).release()
    var writer = WatchWriter(target)
    try writer.begin()
    try target.output.flush()
    let loop = WatchLoop(
      lake, folder, work.options, announcer, isOneShot: raw.has("once")
    ) { result in
      tell(result, lake)
      try writer.write(result)
      try target.output.flush()
    }
    let exitCode = try raw.has("once") ? once(loop) : forEver(loop, folder)
    try writer.end()
    try target.finish()
    announcer.finish()
    return exitCode
  }

  private func once(_ loop: WatchLoop) throws -> ExitCode {
    _ = try loop.pass()
    if Interruption.isRequested { return ending }
    return loop.results.exitCode(areRejectsFine: raw.has("rejects-ok"))
  }

  private func forEver(_ loop: WatchLoop, _ folder: WatchFolder) throws -> ExitCode {
    // Watched before the first look, so that nothing lands unseen between the two.
    let watch = try FolderWatch()
    try watch.add(folder.path)
    let output: Int32 = raw.value("output") == nil ? 1 : -1
    repeat {
      let pause: Int?
      do {
        pause = try loop.pass()
      } catch let error as CommandError where error.code == 2014 && Interruption.isRequested {
        break
      }
      if Interruption.isRequested { break }
      guard try loop.sleep(watch, seconds: pause, output: output) else { break }
    } while !Interruption.isRequested
    return Interruption.isRequested ? ending : .done
  }

  /// SIGTERM is how a service is stopped: a success.
  private var ending: ExitCode {
    Interruption.exitCode == .terminated ? .done : .interrupted
  }

  private func openFolder() throws -> WatchFolder {
    let folder: WatchFolder
    do throws(SystemDoor.Failure) {
      folder = try WatchFolder(path: path)
    } catch {
      var failure = CommandError(
        8011, .inputMissing, "the folder to watch cannot be opened: \(error.reason)")
      failure.place = .init(path: path)
      throw failure
    }
    guard folder.lock() else {
      var error = CommandError(8012, .tryAgain, "another triplake watches this folder")
      error.place = .init(path: path)
      throw error
    }
    return folder
  }

  private func tell(_ result: WatchResult, _ lake: Lake) {
    guard case .loaded(let load) = result.outcome else { return }
    switch load {
    case .success(let receipt):
      let messages = LoadMessages(receipt, lake: lake)
      for error in messages.errors(isVerbose: raw.has("verbose")) { environment.report(error, raw) }
    case .failure(let error): environment.report(error, raw)
    }
  }
}

extension WatchCommand {
  /// The options of ingest that say how a file is read and loaded.
  private static let loadOptionNames = [
    "zone", "input", "duplicates", "max-errors", "rejects-ok", "memory", "threads", "progress",
  ]

  static let definition = CommandDefinition(
    words: ["watch"],
    summary: "load every file that lands in a folder",
    description: [
      "Each file that is complete (closed by its writer, or renamed into DIR) is one load; then it moves to",
      "DIR/processed or DIR/failed with its receipt. Dot-files, .part and .tmp are left alone.",
    ],
    arguments: .one("DIR"),
    groups: [
      OptionGroup(
        "When",
        [
          OptionDefinition(
            "once", "load what is there and end, for cron; otherwise until SIGTERM or SIGINT")
        ]),
      OptionGroup(
        "How it is loaded, as by ingest",
        [CommonOptions.lake]
          + IngestCommand.definition.groups.flatMap(\.options).filter {
            loadOptionNames.contains($0.name)
          }),
      OptionGroup("Result", [CommonOptions.format, CommonOptions.output]),
    ],
    examples: [
      .init(line: "triplake watch landing", meaning: "until it is stopped; a file is a load"),
      .init(line: "triplake watch --once landing", meaning: "from cron"),
      .init(
        line: "triplake watch --lake city --max-errors 0 --format ndjson landing",
        meaning: "one JSON object a file"),
    ],
    run: { raw, environment in try WatchCommand(raw, environment).run() })
}
