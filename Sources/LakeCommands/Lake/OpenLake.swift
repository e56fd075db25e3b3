internal import LakeBytes
internal import LakeQuery
internal import LakeStore
internal import TripModel

/// A lake and the snapshot that a command answers from.
struct OpenLake {
  let lake: Lake
  let reader: LakeReader

  init(_ raw: RawOptions, _ environment: CommandEnvironment) throws {
    lake = try LakeChoice.open(raw, environment)
    reader = try LakeReader(lake, version: try raw.snapshotNumber("as-of"))
    if !raw.has("quiet") {
      for warning in lake.warnings { environment.say("warning: \(warning)") }
      for name in raw.values("source") { tellIfUnknown(ByteString(name), environment) }
    }
  }

  /// A source that no trip has is no error, for sources come and go; it may be a misspelt one all the same.
  private func tellIfUnknown(_ source: ByteString, _ environment: CommandEnvironment) {
    let manifest = reader.manifest
    guard (0..<manifest.fileCount).allSatisfy({ manifest.areSourcesComplete(ofFile: $0) }),
      manifest.sources.firstIndex(of: source) == nil
    else { return }
    let near = NearestNames.suggestions(for: source, among: Array(manifest.sources))
    let help = CommandError.suggestion(near).map { "; \($0)" } ?? ""
    environment.say(
      "note: no trip of snapshot \(snapshot) has the source \"\(source.displayText)\"\(help)")
  }

  var snapshot: UInt64 { reader.manifest.version }

  func header(
    _ schema: String, filter: [JSONMember] = [], columns: [ResultColumn]
  ) -> ResultHeader {
    ResultHeader(
      schema: schema, snapshot: snapshot, digest: reader.manifest.digest.hexadecimal,
      zoneName: reader.zoneName, zone: reader.zone,
      filter: filter, columns: columns)
  }
}
