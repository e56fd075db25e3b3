internal import LakeBytes

/// Format: `formats/manifest/v1.md`, "Loads".
extension LoadRecord {
  /// Bytes of a record without reports.
  private static let minimumByteCount = 8 + 1 + 16 + 5 * 8 + 1

  static func encode(_ records: [LoadRecord]) -> [UInt8] {
    var writer = ByteWriter()
    writer.append(UInt32(records.count))
    for record in records { record.encode(into: &writer) }
    return writer.bytes
  }

  static func decodeAll(_ bytes: [UInt8], base: Int) throws(ByteError) -> [LoadRecord] {
    var cursor = ByteCursor(bytes, base: base)
    let count = try cursor.readCount(elementByteCount: minimumByteCount)
    var records: [LoadRecord] = []
    records.reserveCapacity(count)
    // The loads that may still be undone or replayed.
    var standing: Set<UInt64> = []
    for _ in 0..<count {
      let place = cursor.offset
      let record = try LoadRecord(decoding: &cursor)
      if let previous = records.last, previous.load >= record.load {
        throw ByteError(.outOfRange, at: place, "load \(record.load) is out of order")
      }
      if let subject = record.subject?.load {
        let isPossible =
          record.kind == .repair ? subject < record.load : standing.contains(subject)
        guard isPossible else {
          throw ByteError(
            .outOfRange, at: place, "load \(record.load) is about load \(subject), which it cannot")
        }
        if record.kind == .undo { standing.remove(subject) }
      }
      if record.kind.addsTrips { standing.insert(record.load) }
      records.append(record)
    }
    try cursor.expectEnd()
    return records
  }

  private func encode(into writer: inout ByteWriter) {
    writer.append(load)
    writer.append(kind.rawValue)
    writer.append(transaction)
    writer.append(startTime)
    writer.append(endTime)
    writer.append(array: [stored, rejected, duplicates])
    writer.append(UInt8(reports.count))
    for report in reports {
      writer.append(report.kind.rawValue)
      writer.append(report.transaction)
      writer.append(report.byteCount)
      writer.append(report.digest)
    }
    if let subject {
      writer.append(array: [subject.load, subject.removedRowCount, subject.removedFileCount])
    }
  }

  private init(decoding cursor: inout ByteCursor) throws(ByteError) {
    let load = try cursor.read(UInt64.self)
    let kindPlace = cursor.offset
    guard let kind = LoadKind(rawValue: try cursor.read(UInt8.self)) else {
      throw ByteError(.unsupported, at: kindPlace, "load \(load) is of an unknown kind")
    }
    let transaction = try cursor.readTransactionID()
    let startTime = try cursor.read(Int64.self)
    let endTime = try cursor.read(Int64.self)
    let counts = try cursor.readArray(of: UInt64.self, count: 3)
    let reportCount = try cursor.read(UInt8.self)
    var reports: [ReportReference] = []
    for _ in 0..<reportCount { reports.append(try ReportReference(decoding: &cursor)) }
    self.init(
      load: load, kind: kind, transaction: transaction, startTime: startTime, endTime: endTime,
      stored: counts[0], rejected: counts[1], duplicates: counts[2], reports: reports,
      subject: kind.hasSubject ? try LoadSubject(decoding: &cursor) : nil)
  }
}

extension LoadSubject {
  fileprivate init(decoding cursor: inout ByteCursor) throws(ByteError) {
    let counts = try cursor.readArray(of: UInt64.self, count: 3)
    self.init(load: counts[0], removedRowCount: counts[1], removedFileCount: counts[2])
  }
}

extension ReportReference {
  fileprivate init(decoding cursor: inout ByteCursor) throws(ByteError) {
    let place = cursor.offset
    guard let kind = ReportKind(rawValue: try cursor.read(UInt8.self)) else {
      throw ByteError(.unsupported, at: place, "a report is of an unknown kind")
    }
    let transaction = try cursor.readTransactionID()
    let byteCount = try cursor.read(UInt64.self)
    self.init(
      kind: kind, transaction: transaction, byteCount: byteCount,
      digest: try cursor.readDigest())
  }
}
