internal import LakeBytes
internal import LakeStore
internal import TripModel

/// The inputs that a version of the lake has already taken in.
struct KnownInputs {
  private let records: [Digest128: InputRecord]
  /// The identities of the definitions that inputs may be read by.
  private let definitions: Set<ByteString>
  /// Sizes and heads of known inputs: what makes it worth to hash a whole file before reading it.
  private let heads: Set<InputHead>

  /// - Parameter choice: How the load at hand reads its inputs.
  init(_ records: [InputRecord], choice: DefinitionChoice) {
    self.records = Dictionary(
      records.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
    definitions = records.isEmpty ? [] : choice.identities
    heads = Set(records.map { InputHead(byteCount: $0.byteCount, digest: $0.headDigest) })
  }

  /// The load that took in the same bytes, or `nil`.
  ///
  /// - Throws: `IngestError.otherDefinition` where it read them by a definition that is not used now.
  func load(of identity: InputIdentity) throws(IngestError) -> UInt64? {
    guard let record = records[identity.digest] else { return nil }
    guard definitions.contains(record.definition) else {
      throw IngestError(
        .otherDefinition,
        "load \(record.load) has these bytes already, read by another input definition: "
          + record.definition.displayText)
    }
    return record.load
  }

  /// The load that took in the bytes of a file that has not been read yet, found without parsing it.
  ///
  /// - Throws: As `load(of:)`, and where the file cannot be read.
  /// - Complexity: O(1) bytes for a file that is not known; a pass over one that seems so.
  func load(of file: InputFile) throws(IngestError) -> UInt64? {
    guard file.isRegular, !heads.isEmpty else { return nil }
    let head = InputHead(byteCount: UInt64(file.byteCount), digest: try file.headDigest())
    guard heads.contains(head) else { return nil }
    return try load(of: try file.identity())
  }
}

private struct InputHead: Hashable {
  let byteCount: UInt64
  let digest: Digest128
}
