package import LakeBytes
internal import TripModel

/// A definition for a file of unknown layout, guessed from its first records, for a person to look over.
package struct DefinitionDraft: Sendable {
  /// The definition's JSON. It can be used as it is unless `isComplete` is false.
  package let json: JSONValue
  /// What a person should look at, a sentence each.
  package let doubts: [String]
  /// Whether every part that a trip needs was found.
  package let isComplete: Bool

  /// - Returns: `nil` where the file has no record.
  /// - Throws: As `InputSniffer.examine`.
  package init?(path: String) throws(IngestError) {
    let head = try FirstBytes(try InputText(try InputFile(path: path)))
    try self.init(head.bytes, isWhole: head.isWhole, name: Self.name(ofPath: path))
  }

  init?(_ bytes: [UInt8], isWhole: Bool, name: String) throws(IngestError) {
    guard let sample = try DraftSample(bytes, isWhole: isWhole) else { return nil }
    let profiles = sample.names.indices.map { column in
      ColumnProfile(name: sample.names[column], values: sample.columns[column])
    }
    let roles = DraftRoles(profiles)
    let writer = DraftWriter(name: name, sample: sample, profiles: profiles, roles: roles)
    json = .object(writer.members)
    doubts = roles.doubts + writer.doubts
    isComplete = roles.origin != nil && roles.startTime != nil
  }

  /// `trips-2018` for `data/trips-2018.csv.gz`.
  private static func name(ofPath path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? ""
    let stem = file.split(separator: ".", omittingEmptySubsequences: false).first ?? ""
    return stem.isEmpty || path == "-" ? "my-trips" : ByteString(String(stem)).displayText
  }
}
