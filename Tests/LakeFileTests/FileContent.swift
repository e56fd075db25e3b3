import LakeBytes
import LakeColumns
import LakeFile
import TripModel

/// A trip file's content as text: statistics, zone maps, rows.
enum FileContent {
  static func text(_ reader: TripFileReader) throws -> String {
    var lines = statistics(reader)
    var scratch = PageScratch()
    var words = ColumnBuffer<UInt64>()
    var validity = ColumnBuffer<UInt64>()
    for block in 0..<reader.blockCount {
      for column in reader.columns {
        let map = reader.zoneMap(ofBlock: block, column: column.id)
        let range =
          map.hasRange
          ? "\(value(map.minimum, column.type)) … \(value(map.maximum, column.type))" : "no value"
        lines.append(
          "block \(block) \(column.name.displayText): \(map.rowCount) rows, "
            + "\(map.nullCount) null, \(map.nanCount) NaN, \(range)")
        let dictionary = try reader.dictionary(of: column.id)
        try reader.decode(
          column: column.id, block: block, into: &words, validity: &validity, scratch: &scratch)
        var values: [String] = []
        for row in 0..<words.count {
          let isNull = !validity.isEmpty && !ValidityBitmap.isValid(validity.span, row: row)
          let text =
            column.type == .text && !isNull
            ? "\"\(dictionary[Int(words[row])].displayText)\"" : value(words[row], column.type)
          values.append(isNull ? "null" : text)
        }
        lines += runs(values)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A line for each run of equal values.
  private static func runs(_ values: [String]) -> [String] {
    var lines: [String] = []
    var start = 0
    for index in 1...values.count where index == values.count || values[index] != values[start] {
      let count = index - start
      lines.append("  \(values[start])" + (count > 1 ? " (\(count) rows)" : ""))
      start = index
    }
    return lines
  }

  private static func statistics(_ reader: TripFileReader) -> [String] {
    let statistics = reader.statistics
    func extent(_ extent: CoordinateExtent?) -> String {
      guard let extent else { return "unknown" }
      return "\(extent.minX),\(extent.minY),\(extent.maxX),\(extent.maxY)"
    }
    return [
      "region: \(reader.key.region.displayText)",
      "week: \(reader.key.week.year)-W\(reader.key.week.week)",
      "rows: \(statistics.rowCount) in \(reader.blockCount) blocks",
      "bytes: \(statistics.byteCount)",
      "row-hash sum: \(statistics.rowHashSum.hexadecimal)",
      "times: \(statistics.firstTime) … \(statistics.lastTime)",
      "origins: \(extent(statistics.originExtent))",
      "destinations: \(statistics.destinationCount) in \(extent(statistics.destinationExtent))",
      "sources complete: \(statistics.areSourcesComplete)",
    ]
      + statistics.sources.map {
        "  \($0.name.displayText): \($0.rowCount) rows, \($0.firstTime) … \($0.lastTime)"
      }
  }

  private static func value(_ word: UInt64, _ type: ColumnType) -> String {
    switch type {
    case .float64:
      let double = Double(bitPattern: word)
      return double.isNaN ? "NaN 0x\(String(word, radix: 16))" : "\(double)"
    case .int64, .timestamp: return "\(Int64(bitPattern: word))"
    case .bool, .text: return "\(word)"
    }
  }
}
