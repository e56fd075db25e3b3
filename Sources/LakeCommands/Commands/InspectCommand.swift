internal import LakeBytes
internal import LakeFile
internal import LakeStore
internal import TripModel

/// `triplake inspect FILE`: what every byte of a lake's file means.
enum InspectCommand {
  private static let byteLimit = 1 << 30

  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let path = raw.arguments[0]
    let bytes = try read(path)
    let annotations = try FileKind(bytes, path: path).annotations(bytes, path: path)
    let target = try OutputTarget(raw, environment)
    let columns = [
      ResultColumn("start", isNumeric: true), ResultColumn("end", isNumeric: true),
      ResultColumn("meaning"), ResultColumn("value"),
    ]
    if target.format == .table || (target.format == .csv && !raw.has("format")) {
      for annotation in annotations {
        try target.output.write("\(ByteString(annotation.line(bytes: bytes)).displayText)\n")
      }
    } else {
      let header = ResultHeader(
        schema: "triplake.inspect/1", snapshot: 0, zoneName: "", zone: .utc,
        filter: [JSONMember("file", .string(path))], columns: columns)
      var writer = ResultWriter(header, to: target)
      try writer.begin()
      for annotation in annotations {
        try writer.row([
          .integer(annotation.range.lowerBound), .integer(annotation.range.upperBound),
          .text(ByteString(annotation.meaning)), .text(ByteString(annotation.value)),
        ])
      }
      try writer.end(stats: .null)
    }
    try target.finish()
    return .done
  }

  private static func read(_ path: String) throws -> [UInt8] {
    do throws(SystemDoor.Failure) {
      return try SystemDoor.readFile(path, limit: byteLimit)
    } catch {
      throw CommandError(cannotRead: error)
    }
  }

  /// What the first bytes say a file is.
  private enum FileKind {
    case tripFile
    case manifest
    case lake

    init(_ bytes: [UInt8], path: String) throws {
      let kinds: [(magic: [UInt8], kind: FileKind)] = [
        ([0x89] + Array("TRIP".utf8), .tripFile), (Array("TRIPMAN".utf8), .manifest),
        (Array("TRIPLAKE".utf8), .lake),
      ]
      guard let known = kinds.first(where: { bytes.starts(with: $0.magic) }) else {
        var error = CommandError(4003, .badData, "this is no file of a lake")
        error.place = .init(path: path)
        error.help = [
          "inspect takes a trip file (data/**/*.trip), a manifest (manifests/*.man) or a LAKE file"
        ]
        throw error
      }
      self = known.kind
    }

    func annotations(_ bytes: [UInt8], path: String) throws -> [ByteAnnotation] {
      switch self {
      case .tripFile:
        try TripFileReader(BytesInMemory(bytes), path: path, expecting: nil).annotations()
      case .manifest: try Manifest.annotations(of: bytes, path: path)
      case .lake: try LakeSettings.annotations(of: bytes, path: path)
      }
    }
  }

  static let definition = CommandDefinition(
    words: ["inspect"],
    summary: "a file of the lake, byte range by byte range",
    description: [
      "Shows what every byte of a trip file, a manifest or a LAKE file means: offsets, meaning, value,",
      "bytes. The formats are specified in the folder formats/ of the project.",
    ],
    arguments: .one("FILE"),
    groups: [
      OptionGroup("Result", [CommonOptions.format, CommonOptions.output])
    ],
    examples: [
      .init(line: "triplake inspect lake/data/LAKE", meaning: "the settings of a lake"),
      .init(
        line: "triplake inspect lake/data/manifests/00000000000000000001.man",
        meaning: "the first snapshot"),
      .init(
        line: "triplake inspect --format json 'lake/data/data/region=Turin/week=2018-W18/x-0.trip'",
        meaning: "a trip file, for a program"),
    ],
    run: { raw, environment in try run(raw, environment) })
}

extension CommandError {
  init(cannotRead failure: SystemDoor.Failure) {
    switch failure.number {
    case SystemDoor.notFound:
      self.init(3053, .inputMissing, "the file is missing")
    case SystemDoor.notPermitted:
      self.init(3054, .permission, "the file may not be read: \(failure.reason)")
    default:
      self.init(3055, .inputOutput, "the file cannot be read: \(failure.reason)")
    }
    place = Place(path: failure.path)
  }
}
