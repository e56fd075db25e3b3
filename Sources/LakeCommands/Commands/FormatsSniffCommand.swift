internal import LakeBytes
internal import LakeIngest
internal import TripModel

/// `triplake formats sniff FILE...`: which input definitions fit files, and why.
struct FormatsSniffCommand {
  private let raw: RawOptions
  private let environment: CommandEnvironment
  private let choice: DefinitionChoice
  private let target: OutputTarget
  private let paths: [String]

  init(_ raw: RawOptions, _ environment: CommandEnvironment) throws {
    self.raw = raw
    self.environment = environment
    choice = try InputChoice.definitions(raw, environment)
    paths = try InputPaths.expand(raw.arguments)
    guard !raw.has("draft") || paths.count == 1 else {
      throw UsageErrors.contradiction("--draft is for one file")
    }
    target = try OutputTarget(raw, environment)
  }

  func run() throws -> ExitCode {
    if raw.has("draft") { return try writeDraft() }
    var findings: [(path: String, finding: InputSniffer.Finding)] = []
    var failure: CommandError?
    for path in paths {
      do throws(IngestError) {
        findings.append((path, try InputSniffer.examine(path: path, by: choice)))
      } catch {
        var error = CommandError(load: error, path: path)
        error.unchanged = nil
        environment.report(error, raw)
        failure = error
      }
    }
    let unknown = findings.filter { $0.finding.best == nil && !$0.finding.fits.isEmpty }
    let drafts = try unknown.compactMap { item in
      try draft(of: item.path).map { (path: item.path, draft: $0) }
    }
    try write(findings, drafts)
    try target.finish()
    if let failure { return failure.exitCode }
    return unknown.isEmpty ? .done : .nothingFound
  }

  private func writeDraft() throws -> ExitCode {
    guard let draft = try draft(of: paths[0]) else {
      throw CommandError(load: .noRecord, path: paths[0])
    }
    try write(draft)
    try target.finish()
    if !raw.has("quiet") { for doubt in draft.doubts { environment.say("look at this: \(doubt)") } }
    return draft.isComplete ? .done : .nothingFound
  }

  private func draft(of path: String) throws -> DefinitionDraft? {
    // What was standard input has been read.
    guard path != "-" || raw.has("draft") else { return nil }
    do throws(IngestError) {
      return try DefinitionDraft(path: path)
    } catch {
      throw CommandError(load: error, path: path)
    }
  }

  private func write(_ draft: DefinitionDraft) throws {
    var writer = JSONWriter(.indented)
    writer.value(draft.json)
    try target.output.write { $0 += writer.bytes + [UInt8(ascii: "\n")] }
  }

  static let definition = CommandDefinition(
    words: ["formats", "sniff"],
    summary: "which layout a file has, and a draft of one that is new",
    description: [
      "Holds the input definitions against the first record of each file and tells which ingest would take,",
      "which else fit, and what each of the others lacks. Of a file that none fits it drafts a definition.",
    ],
    arguments: .oneOrMore("FILE"),
    groups: [
      OptionGroup(
        "What to hold against the files",
        [
          OptionDefinition(
            "input", value: .required("FILE|NAME"), "only this definition: a JSON file or a layout"),
          OptionDefinition(
            "draft",
            "only draft a definition of the file, from the columns' names and all records of its first MiB"
          ),
        ]),
      OptionGroup("Result", [CommonOptions.format, CommonOptions.output]),
    ],
    examples: [
      .init(line: "triplake formats sniff *.csv", meaning: "what ingest will make of these files"),
      .init(
        line: "triplake formats sniff --draft new.csv -o new.json", meaning: "a draft to look over"),
      .init(line: "triplake ingest --input new.json new.csv", meaning: "and to load with"),
    ],
    run: { raw, environment in try FormatsSniffCommand(raw, environment).run() })
}

extension FormatsSniffCommand {
  private func write(
    _ findings: [(path: String, finding: InputSniffer.Finding)],
    _ drafts: [(path: String, draft: DefinitionDraft)]
  ) throws {
    let header = ResultHeader(
      schema: "triplake.sniff/1", snapshot: 0, zoneName: "", zone: .utc, filter: [],
      columns: [
        ResultColumn("path"), ResultColumn("definition"), ResultColumn("verdict"),
        ResultColumn("fields_used", isNumeric: true), ResultColumn("reason"),
      ])
    var writer = ResultWriter(header, to: target)
    try writer.begin()
    for item in findings {
      for row in Self.rows(item.path, item.finding) { try writer.row(row) }
    }
    try writer.end(stats: Self.stats(drafts))
    for item in drafts { try tell(item.path, item.draft) }
  }

  /// The definition that is taken first, then those that fit, by what they understand; the others as they are listed.
  private static func rows(_ path: String, _ finding: InputSniffer.Finding) -> [[Cell]] {
    guard !finding.fits.isEmpty else {
      return [[text(path), .empty, text("empty"), .empty, text("the file has no record")]]
    }
    let ranked = finding.fits.enumerated().sorted { left, right in
      (-rank(left.element, finding), left.offset) < (-rank(right.element, finding), right.offset)
    }
    return ranked.map { row(path, $0.element, finding) }
  }

  private static func rank(_ fit: DefinitionFit, _ finding: InputSniffer.Finding) -> Int {
    fit.definition.name == finding.best?.name ? Int.max : fit.usedFieldCount
  }

  private static func row(
    _ path: String, _ fit: DefinitionFit, _ finding: InputSniffer.Finding
  ) -> [Cell] {
    let name = text(fit.definition.name)
    if let misfit = fit.misfit {
      return [text(path), name, text("misfit"), .empty, text(misfit.message)]
    }
    let isTaken = fit.definition.name == finding.best?.name
    let passedOver = fit.passedOver.map { $0.isEmpty ? "(no name)" : $0.displayText }
    let rest = passedOver.isEmpty ? "" : "; passed over: \(passedOver.joined(separator: ", "))"
    let reason = "it finds all that it needs\(rest)"
    return [
      text(path), name, text(isTaken ? "taken" : "fits"), .integer(fit.usedFieldCount),
      text(reason),
    ]
  }

  private static func text(_ text: String) -> Cell { .text(ByteString(text)) }

  private static func stats(_ drafts: [(path: String, draft: DefinitionDraft)]) -> JSONValue {
    let list = drafts.map { path, draft in
      JSONValue.object([
        JSONMember("path", .string(path)), JSONMember("definition", draft.json),
        JSONMember("is_complete", .bool(draft.isComplete)),
        JSONMember("doubts", .array(draft.doubts.map { .string($0) })),
      ])
    }
    return list.isEmpty ? .null : .object([JSONMember("drafts", .array(list))])
  }

  /// A table is followed by the draft itself; the other formats have rows alone, and JSON its own place for it.
  private func tell(_ path: String, _ draft: DefinitionDraft) throws {
    let isShown = target.format == .table || target.format == .markdown
    if isShown {
      try target.output.write("\n")
      try write(draft)
    }
    guard !raw.has("quiet") else { return }
    let shown = ByteString(path).displayText
    environment.say(
      "no layout fits \(shown); "
        + (isShown ? "above is a draft of one" : "--draft drafts one")
        + ": save it, look it over, and load with ingest --input")
    for doubt in draft.doubts { environment.say("look at this: \(doubt)") }
  }
}
