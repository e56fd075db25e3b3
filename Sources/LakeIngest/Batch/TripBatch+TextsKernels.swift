internal import TripModel

/// Regions and sources.
extension TripBatch {
  func encodeRegions(_ fields: BatchFields, _ format: InputFormat, _ tools: BatchTools) {
    let dictionary = tools.texts.regions
    if let field = format.mapping.region {
      let regions = regions
      encodeTexts(fields, field: field, dictionary: dictionary) { row, code in regions[row] = code }
    } else if let region = format.region {
      let code = encode(region, dictionary, fields.sequence)
      (regions + fields.rows.lowerBound).initialize(repeating: code, count: fields.rows.count)
    } else if case .areas(let areas) = format.definition.region {
      findAreas(areas, fields, field: format.mapping.origin.fields[0])
    }
  }

  func encodeSources(
    _ fields: BatchFields, _ format: InputFormat, _ tools: BatchTools, fileOrdinal: Int
  ) {
    let provenance = TripRow.provenance(fileOrdinal: fileOrdinal, worker: tools.worker)
    let dictionary = tools.texts.sources
    if let field = format.mapping.source {
      let words = words + TripRow.provenance
      encodeTexts(fields, field: field, dictionary: dictionary) { row, code in
        words[row &* TripRow.wordCount] = provenance | UInt64(code)
      }
    } else if let source = format.source {
      let code = encode(source, dictionary, fields.sequence)
      for row in fields.rows {
        words[row * TripRow.wordCount + TripRow.provenance] = provenance | UInt64(code)
      }
    }
  }

  /// The codes of areas, where they are the regions of a chunk.
  struct AreaCodes {
    var areas: [UInt32] = []
    var outside: UInt32?
  }

  func encodeAreas(_ format: InputFormat, _ tools: BatchTools, sequence: Int) -> AreaCodes {
    guard case .areas(let areas) = format.definition.region else { return AreaCodes() }
    let dictionary = tools.texts.regions
    return AreaCodes(
      areas: areas.areas.map { encode($0.name, dictionary, sequence) },
      outside: areas.outside.map { encode($0, dictionary, sequence) })
  }

  /// The area that each origin lies in.
  private func findAreas(_ areas: RegionAreas, _ fields: BatchFields, field: Int) {
    for row in fields.rows {
      let place = words + row * TripRow.wordCount + TripRow.originX
      let index = areas.index(x: Double(bitPattern: place[0]), y: Double(bitPattern: place[1]))
      if let code = index.map({ areaCodes.areas[$0] }) ?? areaCodes.outside {
        regions[row] = code
      } else {
        regions[row] = areaCodes.areas[0]
        addFault(row: row, field: field, .outsideAreas)
      }
    }
  }

  /// The code of a text that does not come from the chunk.
  private func encode(_ text: ByteString, _ dictionary: ByteDictionary, _ sequence: Int) -> UInt32 {
    let padded = text.bytes + [UInt8](repeating: 0, count: ByteDictionary.headByteCount)
    return padded.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return 0 }
      return find(start, byteCount: text.byteCount, dictionary, sequence)
        ?? insert(start, byteCount: text.byteCount, dictionary, sequence)
    }
  }

  @inline(__always)
  func encodeTexts(
    _ fields: BatchFields, field: Int, dictionary: ByteDictionary, store: (Int, UInt32) -> Void
  ) {
    var places = dictionary.places(ofChunk: fields.sequence)
    for row in fields.rows {
      let start = fields.start(field, row: row)
      let byteCount = fields.end(field, row: row) - start
      if let code = places.codeOfKnown(start, byteCount: byteCount) {
        store(row, code)
        continue
      }
      if let code = encodeOther(start, byteCount: byteCount, dictionary, fields.sequence) {
        store(row, code)
      } else {
        store(row, 0)
        addFault(row: row, field: field, .invalidText)
      }
      places = dictionary.places(ofChunk: fields.sequence)
    }
  }

  /// The code of a text of the chunk; `nil` where it is not valid.
  @inline(__always)
  func encode(
    _ start: UnsafePointer<UInt8>, byteCount: Int, _ dictionary: ByteDictionary, _ sequence: Int
  ) -> UInt32? {
    dictionary.places(ofChunk: sequence).codeOfKnown(start, byteCount: byteCount)
      ?? encodeOther(start, byteCount: byteCount, dictionary, sequence)
  }

  /// The code of a text that is long or the first of its kind in the chunk; `nil` where it is not valid.
  @inline(never)
  private func encodeOther(
    _ start: UnsafePointer<UInt8>, byteCount: Int, _ dictionary: ByteDictionary, _ sequence: Int
  ) -> UInt32? {
    if let code = find(start, byteCount: byteCount, dictionary, sequence) { return code }
    guard Self.isValidText(start, byteCount: byteCount) else { return nil }
    return insert(start, byteCount: byteCount, dictionary, sequence)
  }

  /// Counts the text where it is the first of its kind in the chunk.
  private func find(
    _ start: UnsafePointer<UInt8>, byteCount: Int, _ dictionary: ByteDictionary, _ sequence: Int
  ) -> UInt32? {
    guard let found = dictionary.find(start, byteCount: byteCount, inChunk: sequence) else {
      return nil
    }
    if found.isFirst { addTextBytes(ByteDictionary.memoryByteCount(ofText: byteCount)) }
    return found.code
  }

  private func insert(
    _ start: UnsafePointer<UInt8>, byteCount: Int, _ dictionary: ByteDictionary, _ sequence: Int
  ) -> UInt32 {
    addTextBytes(ByteDictionary.memoryByteCount(ofText: byteCount))
    return dictionary.insert(start, byteCount: byteCount, inChunk: sequence)
  }

  /// UTF-8 without a NUL.
  @inline(never)
  private static func isValidText(_ start: UnsafePointer<UInt8>, byteCount: Int) -> Bool {
    let bytes = UnsafeBufferPointer(start: start, count: byteCount)
    return !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
  }
}
