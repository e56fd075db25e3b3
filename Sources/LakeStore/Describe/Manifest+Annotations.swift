package import LakeBytes
internal import LakeFile
internal import TripModel

extension Manifest {
  /// What each byte of a manifest means, in order and without a gap.
  ///
  /// The manifest is opened and all of its sections are proven first, so whatever is told of it is proven.
  ///
  /// - Parameter path: What errors call the file.
  /// - Throws: `StoreError.damaged`, `.unsupportedFormat`.
  package static func annotations(
    of bytes: [UInt8], path: String
  ) throws(StoreError) -> [ByteAnnotation] {
    let manifest = try Manifest(opening: BytesInMemory(bytes), path: path)
    try manifest.proveAll()
    do throws(ByteError) {
      var file = ManifestAnnotator(
        ByteAnnotator(bytes, base: 0), fileCount: manifest.fileCount,
        regionCount: manifest.regions.count)
      try file.header()
      try file.directory(manifest.sections?.directory ?? SectionDirectory(entries: []))
      try file.trailer()
      return file.annotator.annotations
    } catch {
      throw StoreError(error, path: path)
    }
  }
}

/// Walks over a manifest that has been proven. Its layout is drawn at `ManifestHeader`.
private struct ManifestAnnotator {
  var annotator: ByteAnnotator
  let fileCount: Int
  let regionCount: Int

  init(_ annotator: ByteAnnotator, fileCount: Int, regionCount: Int) {
    self.annotator = annotator
    self.fileCount = fileCount
    self.regionCount = regionCount
  }

  mutating func header() throws(ByteError) {
    try annotator.bytes(count: 8, "magic") { _ in "TRIPMAN" }
    try annotator.number(UInt16.self, "format")
    try annotator.number(UInt16.self, "sections")
    try annotator.number(UInt32.self, "features required of a reader")
    try annotator.number(UInt64.self, "version of the lake")
    try annotator.digest("the lake's id")
    try annotator.digest("digest of the version before")
    try annotator.number(UInt64.self, "size of all sections")
    try annotator.digest("digest of the section directory")
    try annotator.number(UInt64.self, "XXH3-64 of the header so far") { String($0, radix: 16) }
  }

  mutating func directory(_ directory: SectionDirectory) throws(ByteError) {
    for entry in directory.entries {
      let name = name(of: entry)
      try annotator.bytes(count: SectionEntry.byteCount, "section directory") { _ in
        "\(name) at \(entry.range.lowerBound), \(entry.range.count) bytes"
      }
    }
    for entry in directory.entries {
      guard let kind = ManifestSectionKind(rawValue: entry.kind) else {
        try annotator.bytes(count: entry.range.count, name(of: entry))
        continue
      }
      try section(kind, byteCount: entry.range.count)
    }
  }

  mutating func trailer() throws(ByteError) {
    try annotator.number(UInt64.self, "size of this file")
    try annotator.number(UInt16.self, "format")
    try annotator.bytes(count: 6, "zeros")
    try annotator.bytes(count: 8, "end") { _ in "NAMPIRT" }
  }

  private func name(of entry: SectionEntry) -> String {
    ManifestSectionKind(rawValue: entry.kind).map { "\($0)" } ?? "unknown section \(entry.kind)"
  }

  private mutating func section(
    _ kind: ManifestSectionKind, byteCount: Int
  ) throws(ByteError) {
    switch kind {
    case .totals:
      try annotator.number(UInt64.self, "totals: trip files")
      try annotator.number(UInt64.self, "totals: rows")
      try annotator.number(UInt64.self, "totals: bytes")
      try annotator.digest("totals: sum of all row hashes")
    case .schema: try schema()
    case .regions: try names("regions")
    case .sources: try names("sources")
    case .filePartitions:
      try column(UInt32.self, "files: region")
      try column(Int32.self, "files: week") { ISOWeek(index: $0).text }
      try column(UInt16.self, "files: partition specification")
      try column(UInt8.self, "files: flags")
    case .fileSizes:
      for name in ["rows", "bytes", "rows with a destination"] {
        try column(UInt64.self, "files: \(name)")
      }
    case .fileTimes:
      for name in ["first", "last"] {
        try column(Int64.self, "files: \(name) time") { TimestampText.rfc3339(microseconds: $0) }
      }
    case .fileExtents: try extents()
    case .fileNames: try fileNames()
    case .sourceStatistics: try sources(of: .file, count: fileCount)
    case .regionSources: try sources(of: .region, count: regionCount)
    case .inputs:
      try annotator.bytes(count: byteCount, "inputs: identity, ledger, path, definition")
    case .loads: try annotator.bytes(count: byteCount, "loads: times, counts, reports")
    case .areas: try areas()
    case .routes: try routes()
    }
  }
}

extension ManifestAnnotator {
  private mutating func column<Number: FixedWidthInteger>(
    _ type: Number.Type, _ meaning: String, text: (Number) -> String = { "\($0)" }
  ) throws(ByteError) {
    try annotator.array(of: type, count: fileCount, meaning, text: text)
  }

  private mutating func schema() throws(ByteError) {
    let count = try annotator.number(UInt32.self, "schema: columns")
    for _ in 0..<count {
      let id = try annotator.number(UInt16.self, "schema: id of a column")
      try annotator.number(UInt8.self, "schema: type of column \(id)") { code in
        ColumnType(rawValue: code).map { "\($0)" } ?? "\(code)"
      }
      try annotator.number(UInt8.self, "schema: flags of column \(id)") { flags in
        flags == 0 ? "never null" : "may be null"
      }
      let nameByteCount = Int(try annotator.number(UInt32.self, "schema: size of its name"))
      try annotator.bytes(count: nameByteCount, "schema: name of column \(id)") { bytes in
        ByteString(bytes: bytes).displayText
      }
    }
  }

  private mutating func names(_ table: String) throws(ByteError) {
    let count = Int(try annotator.number(UInt32.self, "\(table): names"))
    let starts = try annotator.array(of: UInt32.self, count: count + 1, "\(table): starts of names")
    for (start, end) in zip(starts, starts.dropFirst()) {
      try annotator.bytes(count: Int(end - start), "\(table): name") { bytes in
        ByteString(bytes: bytes).displayText
      }
    }
  }

  private mutating func extents() throws(ByteError) {
    for place in ["origins", "destinations"] {
      for edge in ["west", "south", "east", "north"] {
        try column(UInt64.self, "files: \(edge)most of \(place)") { bits in
          Double(bitPattern: bits).shortestDecimal
        }
      }
    }
  }

  private mutating func fileNames() throws(ByteError) {
    let hexadecimal: (UInt64) -> String = { String($0, radix: 16) }
    try column(UInt64.self, "files: transaction, low half", text: hexadecimal)
    try column(UInt64.self, "files: transaction, high half", text: hexadecimal)
    try column(UInt32.self, "files: number in the transaction")
    try column(UInt64.self, "files: offset")
    try column(UInt64.self, "files: load")
    for name in ["digest of the footer", "sum of row hashes"] {
      for half in ["low", "high"] {
        try column(UInt64.self, "files: \(name), \(half) half", text: hexadecimal)
      }
    }
  }

  private mutating func areas() throws(ByteError) {
    for _ in 0..<(try annotator.number(UInt32.self, "areas")) {
      let nameByteCount = Int(try annotator.number(UInt32.self, "areas: size of a name"))
      try annotator.bytes(count: nameByteCount, "areas: name") { bytes in
        ByteString(bytes: bytes).displayText
      }
      let shape = try annotator.number(UInt8.self, "areas: shape") { $0 == 1 ? "box" : "polygons" }
      if shape == 1 {
        for edge in ["west", "south", "east", "north"] { try annotator.double("areas: \(edge)") }
      } else {
        try polygons()
      }
    }
  }

  private mutating func routes() throws(ByteError) {
    for _ in 0..<(try annotator.number(UInt32.self, "routes: regions")) {
      let nameByteCount = Int(try annotator.number(UInt32.self, "routes: size of a region's name"))
      try annotator.bytes(count: nameByteCount, "routes: region") { bytes in
        ByteString(bytes: bytes).displayText
      }
      for axis in ["x", "y"] { try annotator.double("routes: metres per degree of \(axis)") }
      try annotator.number(UInt64.self, "routes: seed")
      try annotator.number(UInt64.self, "routes: sampled trips")
      try annotator.number(UInt32.self, "routes: iterations")
      try annotator.double("routes: inertia")
      for _ in 0..<(try annotator.number(UInt32.self, "routes: routes of the region")) {
        for end in ["origin", "destination"] {
          for axis in ["x", "y"] { try annotator.double("routes: \(end) \(axis)") }
        }
        try annotator.number(UInt64.self, "routes: trips of the route")
      }
    }
  }

  private mutating func polygons() throws(ByteError) {
    for _ in 0..<(try annotator.number(UInt32.self, "areas: polygons")) {
      for _ in 0..<(try annotator.number(UInt32.self, "areas: rings of a polygon")) {
        for _ in 0..<(try annotator.number(UInt32.self, "areas: points of a ring")) {
          try annotator.double("areas: x of a point")
          try annotator.double("areas: y of a point")
        }
      }
    }
  }

  /// - Parameter count: How many files or regions there are.
  private mutating func sources(of owner: SourceOwner, count: Int) throws(ByteError) {
    let what = "sources of \(owner == .file ? "files" : "regions")"
    let starts = try annotator.array(
      of: UInt32.self, count: count + 1,
      "\(what): where each \(owner == .file ? "file" : "region")'s begin")
    let count = Int(starts.last ?? 0)
    try annotator.array(of: UInt32.self, count: count, "\(what): source")
    try annotator.array(of: UInt64.self, count: count, "\(what): rows")
    for name in ["first", "last"] {
      try annotator.array(of: Int64.self, count: count, "\(what): \(name) time") { time in
        TimestampText.rfc3339(microseconds: time)
      }
    }
  }
}
