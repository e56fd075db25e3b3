internal import LakeBytes
package import TripModel

/// Format: `formats/inputs/README.md`, "Identity".
extension InputDefinition {
  /// The name with a digest of all that decides what becomes of an input: two definitions that store the same
  /// bytes as different rows have different ones.
  package var identity: ByteString {
    ByteString("\(name)#\(Checksum.xxh3_128(identityBytes).hexadecimal)")
  }

  /// What every definition says, then each further part that says something, behind its name.
  private var identityBytes: [UInt8] {
    var writer = ByteWriter()
    writer.append(delimiter)
    for part in [region.identity, origin.identity, destination?.identity ?? .none, time.identity] {
      part.append(to: &writer)
    }
    source.identity.append(to: &writer)
    writer.append(decimals.map { UInt8($0) } ?? 255)
    for (name, texts) in furtherParts where !texts.isEmpty {
      for text in [ByteString(name)] + texts { writer.append(withLength: text) }
    }
    return writer.bytes
  }

  private var furtherParts: [(name: String, texts: [ByteString])] {
    [
      ("header", givenNames), ("comment", comment.map { [ByteString(bytes: [$0])] } ?? []),
      ("ragged", isRagged ? ["true"] : []), ("nulls", nulls == [""] ? [] : nulls + ["end"]),
      ("region", region.furtherTexts), ("origin", origin.furtherTexts),
      ("destination", destination?.furtherTexts ?? ["absent"]), ("source", source.furtherTexts),
      ("time", time.furtherTexts), ("extras", extras.flatMap(\.texts)),
      ("other_columns", otherColumns == .keep ? ["keep"] : []),
      ("quoted_empty", hasQuotedEmptyTexts ? ["true"] : []),
    ]
  }

  private var givenNames: [ByteString] {
    if case .given(let names) = header { names } else { [] }
  }
}

/// The header names of a role; the y axis of a place stands behind its x axis.
private struct RoleIdentity {
  let fields: [InputDefinition.Field]

  static let none = RoleIdentity(fields: [])

  func append(to writer: inout ByteWriter) {
    for field in fields {
      writer.append(UInt32(field.names.count))
      for name in field.names { writer.append(withLength: name) }
    }
    if fields.isEmpty { writer.append(UInt32(0)) }
  }
}

extension InputDefinition.RegionRole {
  fileprivate var identity: RoleIdentity {
    if case .text(let role) = self { role.identity } else { .none }
  }

  fileprivate var furtherTexts: [ByteString] {
    switch self {
    case .text(let role): role.furtherTexts
    case .areas(let areas):
      ["areas", ByteString(areas.digest.hexadecimal)]
        + (areas.outside.map { ["outside", $0] } ?? [])
    }
  }
}

extension InputDefinition.TextRole {
  fileprivate var identity: RoleIdentity {
    if case .column(let field, _) = self { RoleIdentity(fields: [field]) } else { .none }
  }

  fileprivate var furtherTexts: [ByteString] {
    switch self {
    case .column(_, let otherwise): otherwise.map { ["otherwise", $0] } ?? []
    case .constant(let text): ["constant", text]
    case .fileName(let pattern): ["file_name", pattern.text]
    }
  }
}

extension InputDefinition.PlaceRole {
  fileprivate var identity: RoleIdentity { RoleIdentity(fields: fields) }

  fileprivate var furtherTexts: [ByteString] { fields.count == 2 ? ["axes"] : [] }
}

extension TimeRole {
  fileprivate var identity: RoleIdentity { RoleIdentity(fields: [field]) }

  fileprivate var furtherTexts: [ByteString] {
    var texts: [ByteString] = layouts == [.iso] ? [] : layouts.map { ByteString($0.text) }
    switch clock {
    case .zone(.utc): break
    case .zone(let zone): texts += ["zone", ByteString(zone.text)]
    case .lake: texts += ["zone", "lake"]
    }
    if gap != .forward { texts += ["gap", ByteString(gap.rawValue)] }
    if overlap != .first { texts += ["overlap", ByteString(overlap.rawValue)] }
    return texts
  }
}

extension ExtraRole {
  fileprivate var texts: [ByteString] {
    [name, ByteString(String(type.rawValue))] + field.names + ["layouts"]
      + layouts.map { ByteString($0.text) }
  }
}

extension ByteWriter {
  fileprivate mutating func append(withLength text: ByteString) {
    append(UInt32(text.byteCount))
    append(contentsOf: text.bytes)
  }
}
