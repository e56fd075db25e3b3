package import LakeBytes
internal import LakeColumns
internal import TripModel

extension TripFileReader {
  /// What each byte of the file means, in file order and without a gap.
  ///
  /// - Throws: `TripFileError` where bytes cannot be read or contradict the footer.
  package func annotations() throws(TripFileError) -> [ByteAnnotation] {
    do {
      var all = try header()
      for block in 0..<blockCount {
        for index in footer.table.shapes.indices {
          all += try page(block: block, columnIndex: index)
        }
      }
      for entry in footer.directory.entries {
        all += try SectionDescription(footer).annotations(
          entry, try readBytes(entry.range))
      }
      return try all + ending(after: all.last?.range.upperBound ?? 0)
    } catch let error as ByteError {
      throw TripFileError(error, path: path)
    } catch let error as TripFileError {
      throw error
    } catch {
      throw TripFileError(.readFailed, path: path, "reading failed: \(error)", underlying: error)
    }
  }

  private func header() throws -> [ByteAnnotation] {
    var annotator = ByteAnnotator(
      try readBytes(0..<FileFrame.headerByteCount), base: 0)
    try annotator.bytes(count: FileFrame.magic.count, "header: magic")
    try annotator.number(UInt32.self, "header: format version")
    try annotator.number(UInt32.self, "header: reserved")
    return annotator.annotations
  }

  private func page(block: Int, columnIndex: Int) throws -> [ByteAnnotation] {
    let column = footer.table.column(columnIndex).definition
    let range = footer.pages.range(
      ofPage: footer.pageIndex(block: block, columnIndex: columnIndex))
    let fields = try PageDescription.annotations(
      try readBytes(range), base: range.lowerBound, rowCount: rowCount(ofBlock: block),
      nullCount: footer.zoneMaps.nullCount(ofColumn: columnIndex, block: block),
      isFloat: column.type == .float64)
    return fields.map { field in
      field.prefixed("block \(block), \(column.name.displayText): ")
    }
  }

  private func ending(after start: Int) throws -> [ByteAnnotation] {
    var annotator = ByteAnnotator(try readBytes(start..<source.byteCount), base: start)
    for entry in footer.directory.entries {
      let name = "directory: \(SectionDescription.name(of: entry))"
      try annotator.number(UInt16.self, "\(name): kind")
      try annotator.number(UInt16.self, "\(name): flags")
      try annotator.number(UInt32.self, "\(name): tag")
      try annotator.number(UInt64.self, "\(name): offset")
      try annotator.number(UInt64.self, "\(name): byte count")
      try annotator.digest("\(name): XXH3-128")
    }
    try annotator.number(UInt64.self, "trailer: file size")
    try annotator.number(UInt32.self, "trailer: sections")
    try annotator.digest("trailer: footer digest")
    try annotator.number(UInt32.self, "trailer: format version")
    try annotator.bytes(count: FileFrame.magic.count, "trailer: magic")
    return annotator.annotations
  }
}

extension ByteAnnotation {
  func prefixed(_ prefix: String) -> ByteAnnotation {
    ByteAnnotation(range, value, prefix + meaning)
  }
}
