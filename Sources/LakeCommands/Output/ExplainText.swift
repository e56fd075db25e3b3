internal import LakeBytes
internal import LakeQuery

/// What `--explain` tells: what was considered, skipped, covered and read, and why not less.
extension ScanExplain {
  var text: String {
    let levels = [("files", files), ("blocks", blocks)].map { name, level in
      "\(name): \(level.considered) considered, \(level.skipped) skipped, "
        + "\(level.covered) answered by statistics, \(level.scanned) read"
    }
    let why = reasons.map { "  \($0.count) \($0.level.rawValue)s: \($0.text)" }
    let work = "opened \(filesOpened) files, decoded \(pagesDecoded) pages of \(bytesRead) bytes"
    let rows = "rows: \(rowsConsidered) considered, \(rowsMatched) matched"
    return (levels + [work, rows] + (why.isEmpty ? [] : ["not decided by statistics:"] + why))
      .joined(separator: "\n")
  }

  var json: JSONValue {
    .object([
      JSONMember("files", Self.json(files)),
      JSONMember("blocks", Self.json(blocks)),
      JSONMember("files_opened", .integer(Int64(filesOpened))),
      JSONMember("pages_decoded", .integer(Int64(pagesDecoded))),
      JSONMember("bytes_read", .integer(Int64(bytesRead))),
      JSONMember("rows_considered", .integer(Int64(rowsConsidered))),
      JSONMember("rows_matched", .integer(Int64(rowsMatched))),
      JSONMember(
        "reasons",
        .array(
          reasons.map { reason in
            .object([
              JSONMember("level", .string(reason.level.rawValue)),
              JSONMember("reason", .string(reason.text)),
              JSONMember("count", .integer(Int64(reason.count))),
            ])
          })),
    ])
  }

  /// Tells it where it was asked for.
  func tell(_ raw: RawOptions, _ environment: CommandEnvironment) throws {
    guard raw.has("explain") || raw.has("verbose") else { return }
    switch raw.value("explain") {
    case nil: environment.say(text)
    case "json":
      var writer = JSONWriter(.compact)
      writer.value(json)
      environment.say(String(decoding: writer.bytes, as: UTF8.self))
    case let other?:
      throw UsageErrors.badValue("explain", other, expected: "--explain or --explain=json")
    }
  }

  private static func json(_ level: Level) -> JSONValue {
    .object([
      JSONMember("considered", .integer(Int64(level.considered))),
      JSONMember("skipped", .integer(Int64(level.skipped))),
      JSONMember("covered", .integer(Int64(level.covered))),
      JSONMember("scanned", .integer(Int64(level.scanned))),
    ])
  }
}
