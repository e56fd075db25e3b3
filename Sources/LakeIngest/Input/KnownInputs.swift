internal import LakeBytes
internal import LakeStore

/// The inputs that a version of the lake has already taken in.
struct KnownInputs {
  private let loads: [Digest128: UInt64]
  /// Sizes and heads of known inputs: what makes it worth to hash a whole file before reading it.
  private let heads: Set<InputHead>

  init(_ records: [InputRecord]) {
    loads = Dictionary(
      records.map { ($0.identity, $0.load) }, uniquingKeysWith: { first, _ in first })
    heads = Set(records.map { InputHead(byteCount: $0.byteCount, digest: $0.headDigest) })
  }

  /// The load that took in the same bytes, or `nil`.
  func load(of identity: InputIdentity) -> UInt64? { loads[identity.digest] }

  /// The load that took in the bytes of a file that has not been read yet, found without parsing it.
  ///
  /// - Complexity: O(1) bytes for a file that is not known; a pass over one that seems so.
  func load(of file: InputFile) throws(IngestError) -> UInt64? {
    guard file.isRegular, !heads.isEmpty else { return nil }
    let head = InputHead(byteCount: UInt64(file.byteCount), digest: try file.headDigest())
    guard heads.contains(head) else { return nil }
    return load(of: try file.identity())
  }
}

private struct InputHead: Hashable {
  let byteCount: UInt64
  let digest: Digest128
}
