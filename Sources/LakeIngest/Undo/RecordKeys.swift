internal import LakeBytes
internal import LakeStore
internal import TripModel

/// What tells the trips of duplicates reports apart: the key of the definition that their file was read by, or all
/// of their columns where it has none.
struct RecordKeys {
  private let keys: [UInt64: [[UInt8]: [ByteString]]]

  /// - Parameter inputs: All that the lake ever took in.
  init(_ inputs: [InputRecord]) {
    let known = Dictionary(
      InputDefinition.shipped.map { ($0.identity, $0.key) }, uniquingKeysWith: { first, _ in first }
    )
    var keys: [UInt64: [[UInt8]: [ByteString]]] = [:]
    for input in inputs {
      guard let key = known[input.definition], !key.isEmpty else { continue }
      keys[input.load, default: [:]][input.path.bytes] = key
    }
    self.keys = keys
  }

  /// - Parameter load: The load that dropped the record.
  func identity(of record: [[UInt8]], _ columns: DuplicateColumns, load: UInt64) -> Digest128 {
    let names = keys[load]?[record[columns.path]] ?? []
    let fields = names.compactMap { name in columns.names.firstIndex(of: name.bytes) }
    var writer = ByteWriter()
    // A null in a key tells nothing.
    if fields.count == names.count, !fields.isEmpty, fields.allSatisfy({ !record[$0].isEmpty }) {
      for field in fields { writer.append(withLength: columns.names[field], record[field]) }
    } else {
      for field in columns.tripStart..<record.count where !record[field].isEmpty {
        writer.append(withLength: columns.names[field], record[field])
      }
    }
    return Checksum.xxh3_128(writer.bytes)
  }
}

extension ByteWriter {
  fileprivate mutating func append(withLength name: [UInt8], _ value: [UInt8]) {
    for bytes in [name, value] {
      append(UInt32(bytes.count))
      append(contentsOf: bytes)
    }
  }
}
