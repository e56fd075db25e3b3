/// Where a command's result goes, and in which format.
struct OutputTarget {
  let format: OutputFormat
  let output: ByteOutput
  let isTerminal: Bool
  /// Whether texts that a spreadsheet would take for formulas are made harmless in CSV and TSV.
  let guardsFormulas: Bool
  private let file: ReplacedFile?

  /// Reads `--format` and `--output`.
  ///
  /// - Parameter terminalFormat: What is written to a terminal when nothing is asked for.
  /// - Throws: `CommandError` 1005 for an unknown format, 3051 where the file cannot be made.
  init(_ raw: RawOptions, _ environment: CommandEnvironment) throws {
    let asked = try raw.choice("format", OutputFormat.self)
    guardsFormulas = raw.has(CommonOptions.guardsFormulas.name)
    guard let path = raw.value("output"), path != "-" else {
      output = environment.output
      isTerminal = environment.isOutputTerminal
      format = asked ?? (isTerminal ? .table : .csv)
      file = nil
      return
    }
    do throws(SystemDoor.Failure) {
      let file = try ReplacedFile(path: path)
      self.file = file
      output = ByteOutput(descriptor: file.descriptor)
    } catch {
      throw CommandError(cannotCreate: error)
    }
    isTerminal = false
    format = asked ?? OutputFormat(suffixOf: path) ?? .csv
  }

  /// Writes what is left and puts the file in its place.
  func finish() throws {
    try output.flush()
    guard let file else { return }
    do throws(SystemDoor.Failure) {
      try file.finish()
    } catch {
      throw CommandError(cannotWrite: error)
    }
  }
}

extension CommandError {
  init(cannotCreate failure: SystemDoor.Failure) {
    self.init(3051, .cannotCreate, "the output cannot be created: \(failure.reason)")
    place = Place(path: failure.path)
    unchanged = "the file is as it was"
  }

  init(cannotWrite failure: SystemDoor.Failure) {
    self.init(3052, .inputOutput, "the output cannot be written: \(failure.reason)")
    place = failure.path.isEmpty ? nil : Place(path: failure.path)
  }
}
