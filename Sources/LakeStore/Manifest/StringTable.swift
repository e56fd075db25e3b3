internal import LakeBytes
package import TripModel

/// The distinct names of a manifest's regions or sources, ascending by bytes; files name them by index.
///
/// ```
/// count: UInt32 | starts: UInt32 × (count + 1) | bytes, end to end
/// ```
///
/// Format: `formats/manifest/v1.md`, "String tables".
package struct StringTable: Sendable {
  private let bytes: [UInt8]
  private let starts: FlatColumn<UInt32>
  private let base: Int

  package init() {
    bytes = []
    starts = .empty
    base = 0
  }

  /// Reads a whole section.
  ///
  /// - Throws: `ByteError` where starts descend or leave the section, or names do not ascend.
  init(decoding section: [UInt8], base offset: Int) throws(ByteError) {
    var cursor = ByteCursor(section, base: offset)
    let count = Int(try cursor.read(UInt32.self))
    guard count < cursor.remaining / 4 else {
      throw ByteError(.truncated, at: offset, "\(count) names do not fit into the section")
    }
    starts = FlatColumn(section, offset: 4, count: count + 1)
    base = 4 + 4 * (count + 1)
    bytes = section
    let byteCount = section.count - base
    guard starts[0] == 0, Int(starts[count]) == byteCount else {
      throw ByteError(.outOfRange, at: offset, "the names do not fill the section")
    }
    for index in 0..<count where starts[index] > starts[index + 1] {
      throw ByteError(.outOfRange, at: offset + 4 + 4 * index, "a name ends before it begins")
    }
    for index in stride(from: 1, to: count, by: 1) where self[index - 1] >= self[index] {
      throw ByteError(.outOfRange, at: offset + 4 + 4 * index, "the names are not in byte order")
    }
  }

  /// The section's bytes for names that are distinct and ascend.
  static func encode(_ names: [ByteString]) -> [UInt8] {
    var writer = ByteWriter()
    writer.append(UInt32(names.count))
    var start: UInt32 = 0
    writer.append(start)
    for name in names {
      start += UInt32(name.byteCount)
      writer.append(start)
    }
    for name in names { writer.append(contentsOf: name.bytes) }
    return writer.bytes
  }

  /// The index of `name`, or `nil` where the table does not hold it.
  ///
  /// - Complexity: O(log n).
  package func firstIndex(of name: ByteString) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = low + (high - low) / 2
      if self[middle] < name { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == name ? low : nil
  }
}

extension StringTable: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { Swift.max(0, starts.count - 1) }

  package subscript(index: Int) -> ByteString {
    let range = base + Int(starts[index])..<base + Int(starts[index + 1])
    return ByteString(bytes: Array(bytes[range]))
  }
}
