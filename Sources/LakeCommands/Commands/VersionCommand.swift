internal import LakeBytes
internal import LakeColumns
internal import LakeExport
internal import TripModel

/// `triplake --version`: what the program is made of.
enum VersionCommand {

  static var text: String {
    """
    triplake \(ProgramVersion.text)
    formats: lake 1, manifest 1, trip file 1
    libraries: zstd \(ZstandardLibrary.version), xxHash \(Checksum.libraryVersion), SQLite \(SQLiteLibrary.version)
    """
  }

  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    try environment.output.write("\(text)\n")
    try environment.output.flush()
    return .done
  }

  static let definition = CommandDefinition(
    words: ["version"],
    summary: "version of the program, its formats and libraries",
    description: [
      "The versions of the program, of the formats it writes and of the C libraries it runs with.",
      "The same as --version.",
    ],
    arguments: .none,
    groups: [],
    examples: [
      .init(line: "triplake version", meaning: "all of it"),
      .init(line: "triplake --version", meaning: "the same"),
      .init(line: "triplake -V | head -1", meaning: "the program alone"),
    ],
    run: { raw, environment in try run(raw, environment) })
}
