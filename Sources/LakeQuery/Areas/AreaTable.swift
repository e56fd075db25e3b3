internal import LakeBytes
internal import TripModel

/// Areas that are boxes in the rows of a CSV (RFC 4180) with a header.
struct AreaTable {
  private static let aliases: [(column: String, names: [String])] = [
    ("name", ["name", "area", "id", "label", "title"]),
    ("west", ["west", "min_x", "minx", "xmin", "x_min", "min_lon", "lon_min", "left"]),
    ("south", ["south", "min_y", "miny", "ymin", "y_min", "min_lat", "lat_min", "bottom"]),
    ("east", ["east", "max_x", "maxx", "xmax", "x_max", "max_lon", "lon_max", "right"]),
    ("north", ["north", "max_y", "maxy", "ymax", "y_max", "max_lat", "lat_max", "top"]),
  ]

  /// - Parameter nameColumn: The column that names an area; `nil` for the usual ones.
  /// - Throws: `QueryError.invalidAreas` with the line.
  static func areas(
    _ text: ArraySlice<UInt8>, nameColumn: String?
  ) throws(QueryError) -> [Area] {
    var lines = try records(text)
    guard !lines.isEmpty else {
      throw QueryError(.invalidAreas, "it is empty; name,west,south,east,north are expected")
    }
    let header = lines.removeFirst().fields.map(folded)
    var columns: [Int] = []
    for (column, names) in aliases {
      let wanted = column == "name" && nameColumn != nil ? [nameColumn ?? ""] : names
      let found = wanted.lazy.compactMap { name in header.firstIndex(of: folded(Array(name.utf8))) }
      guard let index = found.first else {
        throw QueryError(
          .invalidAreas, "the header has no column \"\(wanted[0])\"",
          place: QueryError.Place(line: 1, column: 1))
      }
      columns.append(index)
    }
    var areas: [Area] = []
    for line in lines { areas.append(try area(line, columns, width: header.count)) }
    return try areas.checkingNames()
  }

  private static func area(
    _ record: Record, _ columns: [Int], width: Int
  ) throws(QueryError) -> Area {
    let place = QueryError.Place(line: record.line, column: 1)
    guard record.fields.count == width else {
      throw QueryError(
        .invalidAreas, "the row has \(record.fields.count) fields, the header has \(width)",
        place: place)
    }
    let name = ByteString(bytes: record.fields[columns[0]])
    guard !name.isEmpty else {
      throw QueryError(.invalidAreas, "the row has no name", place: place)
    }
    let edges = columns.dropFirst().compactMap { number(record.fields[$0]) }
    guard edges.count == 4 else {
      throw QueryError(
        .invalidAreas, "an edge of area \"\(name.displayText)\" is not a number", place: place)
    }
    return Area(
      name: name, box: try BoundingBox(ofArea: name.displayText, edges, place: place))
  }

  private static func number(_ bytes: [UInt8]) -> Double? {
    DecimalText.parse(String(decoding: bytes.filter { $0 != 0x20 }, as: UTF8.self))
  }

  private static func folded(_ name: [UInt8]) -> [UInt8] {
    name.filter { $0 != 0x20 }.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
  }

  private struct Record {
    let line: Int
    var fields: [[UInt8]]
  }

  /// The records of a text, blank lines left out.
  private static func records(_ text: ArraySlice<UInt8>) throws(QueryError) -> [Record] {
    var records: [Record] = []
    var record = Record(line: 1, fields: [[]])
    var line = 1
    var isQuoted = false
    var previous: UInt8 = 0
    for byte in text {
      defer { previous = byte }
      if byte == UInt8(ascii: "\n") { line += 1 }
      switch byte {
      case UInt8(ascii: "\""):
        // A quote that follows the closing one stands for itself.
        if !isQuoted, previous == byte { record.fields[record.fields.count - 1].append(byte) }
        isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted: record.fields.append([])
      case UInt8(ascii: "\r") where !isQuoted: break
      case UInt8(ascii: "\n") where !isQuoted:
        if record.fields != [[]] { records.append(record) }
        record = Record(line: line, fields: [[]])
      default: record.fields[record.fields.count - 1].append(byte)
      }
    }
    guard !isQuoted else {
      throw QueryError(
        .invalidAreas, "a quoted field does not end",
        place: QueryError.Place(line: record.line, column: 1))
    }
    if record.fields != [[]] { records.append(record) }
    return records
  }
}
