internal import LakeBytes
internal import TripModel

/// Explains the sections of a trip file for people.
struct SectionDescription {
  private let footer: TripFileFooter

  init(_ footer: TripFileFooter) {
    self.footer = footer
  }

  static func name(of entry: SectionEntry) -> String {
    guard let section = TripFileSection(rawValue: entry.kind) else {
      return "unknown section \(entry.kind)"
    }
    return section == .dictionary ? "\(section.name) \(entry.tag)" : section.name
  }

  func annotations(
    _ entry: SectionEntry, _ bytes: [UInt8]
  ) throws(ByteError) -> [ByteAnnotation] {
    var annotator = ByteAnnotator(bytes, base: entry.range.lowerBound)
    switch TripFileSection(rawValue: entry.kind) {
    case .dictionary: try dictionary(&annotator)
    case .columns: try columns(&annotator)
    case .pages: try pages(&annotator)
    case .zoneMaps: try zoneMaps(&annotator)
    case .statistics: try statistics(&annotator)
    case nil: break
    }
    try annotator.bytes(count: annotator.remaining, "content")
    let prefix = "\(Self.name(of: entry)): "
    return annotator.annotations.map { $0.prefixed(prefix) }
  }

  private func dictionary(_ annotator: inout ByteAnnotator) throws(ByteError) {
    let count = Int(try annotator.number(UInt32.self, "values"))
    let realSize = Int(try annotator.number(UInt32.self, "real size"))
    guard realSize == annotator.remaining else { return }
    var start: UInt32 = 0
    var lengths: [Int] = []
    for index in 0..<count {
      let end = try annotator.number(UInt32.self, "end of value \(index)")
      lengths.append(Int(end) - Int(start))
      start = end
    }
    for (index, length) in lengths.enumerated() {
      try annotator.bytes(count: length, "value \(index)") { ByteString(bytes: $0).displayText }
    }
  }

  private func columns(_ annotator: inout ByteAnnotator) throws(ByteError) {
    try annotator.number(UInt64.self, "rows")
    try annotator.number(UInt32.self, "rows of a block")
    let count = try annotator.number(UInt16.self, "columns")
    for _ in 0..<count {
      let id = try annotator.number(UInt16.self, "id")
      try annotator.number(UInt8.self, "column \(id): type") {
        ColumnType(rawValue: $0).map { "\($0)" } ?? "unknown code \($0)"
      }
      try annotator.number(UInt8.self, "column \(id): nullable")
      try annotator.number(UInt32.self, "column \(id): dictionary size")
      let length = try annotator.number(UInt16.self, "column \(id): name length")
      try annotator.bytes(count: Int(length), "column \(id): name") {
        ByteString(bytes: $0).displayText
      }
    }
  }

  private func pages(_ annotator: inout ByteAnnotator) throws(ByteError) {
    let names = (0..<footer.table.blockCount).flatMap { block in
      footer.table.columns.map { "block \(block), \($0.definition.name.displayText)" }
    }
    for name in names { try annotator.number(UInt32.self, "length of \(name)") }
    for name in names {
      try annotator.number(UInt64.self, "XXH3-64 of \(name)") { String($0, radix: 16) }
    }
  }

  private func zoneMaps(_ annotator: inout ByteAnnotator) throws(ByteError) {
    let blocks = 0..<footer.table.blockCount
    for column in footer.table.columns.map(\.definition) {
      let name = column.name.displayText
      for block in blocks where column.isNullable {
        try annotator.number(UInt32.self, "\(name): nulls of block \(block)")
      }
      for block in blocks where column.type == .float64 {
        try annotator.number(UInt32.self, "\(name): NaNs of block \(block)")
      }
      for bound in ["minimum", "maximum"] {
        for block in blocks {
          try annotator.number(UInt64.self, "\(name): \(bound) of block \(block)") { word in
            column.type == .float64
              ? "\(Double(bitPattern: word))" : "\(Int64(bitPattern: word))"
          }
        }
      }
    }
  }

  private func statistics(_ annotator: inout ByteAnnotator) throws(ByteError) {
    let regionLength = try annotator.number(UInt32.self, "length of the region")
    try annotator.bytes(count: Int(regionLength), "region") { ByteString(bytes: $0).displayText }
    try annotator.number(Int32.self, "week") { index in
      let week = ISOWeek(index: index)
      return "\(index) (\(week.year)-W\(week.week))"
    }
    try annotator.digest("row-hash sum")
    try annotator.number(Int64.self, "first time")
    try annotator.number(Int64.self, "last time")
    try annotator.number(UInt64.self, "rows with a destination")
    try annotator.number(UInt8.self, "flags")
    for extent in ["origin", "destination"] {
      for edge in ["smallest x", "smallest y", "largest x", "largest y"] {
        try annotator.double("\(extent): \(edge)")
      }
    }
    let sourceCount = try annotator.number(UInt16.self, "sources")
    for index in 0..<sourceCount {
      let length = try annotator.number(UInt32.self, "source \(index): name length")
      try annotator.bytes(count: Int(length), "source \(index): name") {
        ByteString(bytes: $0).displayText
      }
      try annotator.number(UInt64.self, "source \(index): rows")
      try annotator.number(Int64.self, "source \(index): first time")
      try annotator.number(Int64.self, "source \(index): last time")
    }
  }
}
