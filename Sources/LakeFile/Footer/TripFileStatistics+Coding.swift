internal import LakeBytes
internal import TripModel

/// The section `statistics`: the partition, and what the manifest keeps of the file.
///
/// ```
///  region length u32, region | week i32 | row-hash sum 16 | first time i64 | last time i64
///  | destination rows u64 | flags u8 | origin extent 4 × f64 | destination extent 4 × f64
///  | source count u16 | for each source: name length u32, name, rows u64, first i64, last i64
/// ```
///
/// Format: `formats/trip-file/v1.md`.
extension TripFileStatistics {
  private static let completeSourcesFlag: UInt8 = 1
  private static let originExtentFlag: UInt8 = 2
  private static let destinationExtentFlag: UInt8 = 4
  private static let knownFlags: UInt8 = 7

  private var flags: UInt8 {
    (areSourcesComplete ? Self.completeSourcesFlag : 0)
      | (originExtent == nil ? 0 : Self.originExtentFlag)
      | (destinationExtent == nil ? 0 : Self.destinationExtentFlag)
  }

  func encode(key: PartitionKey) -> [UInt8] {
    var writer = ByteWriter()
    writer.append(UInt32(key.region.byteCount))
    writer.append(contentsOf: key.region.bytes)
    writer.append(key.week.index)
    writer.append(rowHashSum)
    writer.append(firstTime)
    writer.append(lastTime)
    writer.append(UInt64(destinationCount))
    writer.append(flags)
    for extent in [originExtent, destinationExtent] {
      (extent ?? CoordinateExtent(minX: 0, minY: 0, maxX: 0, maxY: 0)).encode(into: &writer)
    }
    writer.append(UInt16(sources.count))
    for source in sources {
      writer.append(UInt32(source.name.byteCount))
      writer.append(contentsOf: source.name.bytes)
      writer.append(UInt64(source.rowCount))
      writer.append(source.firstTime)
      writer.append(source.lastTime)
    }
    return writer.bytes
  }

  /// Reads the section; `rowCount` and `byteCount` are those of the file.
  static func decode(
    _ cursor: inout ByteCursor, rowCount: Int, byteCount: Int
  ) throws(ByteError) -> (PartitionKey, TripFileStatistics) {
    let place = cursor.offset
    let region = try cursor.readBytes(count: Int(try cursor.read(UInt32.self)))
    let week = ISOWeek(index: try cursor.read(Int32.self))
    let sum = try cursor.readDigest()
    let firstTime = try cursor.read(Int64.self)
    let lastTime = try cursor.read(Int64.self)
    let destinationCount = try cursor.read(UInt64.self)
    let flags = try cursor.read(UInt8.self)
    let originExtent = try CoordinateExtent(decoding: &cursor)
    let destinationExtent = try CoordinateExtent(decoding: &cursor)
    let sourceCount = try cursor.read(UInt16.self)
    guard flags <= knownFlags, sourceCount <= sourceLimit,
      destinationCount <= UInt64(rowCount)
    else {
      throw ByteError(.outOfRange, at: place, "the statistics contradict the format")
    }
    var sources: [SourceStatistics] = []
    sources.reserveCapacity(Int(sourceCount))
    for _ in 0..<sourceCount { sources.append(try SourceStatistics(decoding: &cursor)) }
    guard cursor.remaining == 0 else {
      throw ByteError(.outOfRange, at: cursor.offset, "bytes after the last source")
    }
    let statistics = TripFileStatistics(
      rowCount: rowCount, byteCount: byteCount, rowHashSum: sum, firstTime: firstTime,
      lastTime: lastTime,
      originExtent: flags & originExtentFlag != 0 ? originExtent : nil,
      destinationExtent: flags & destinationExtentFlag != 0 ? destinationExtent : nil,
      destinationCount: Int(destinationCount), sources: sources,
      areSourcesComplete: flags & completeSourcesFlag != 0)
    return (PartitionKey(region: ByteString(bytes: region), week: week), statistics)
  }
}

extension SourceStatistics {
  fileprivate init(decoding cursor: inout ByteCursor) throws(ByteError) {
    let name = try cursor.readBytes(count: Int(try cursor.read(UInt32.self)))
    let place = cursor.offset
    guard let rowCount = Int(exactly: try cursor.read(UInt64.self)) else {
      throw ByteError(.outOfRange, at: place, "a source has too many rows")
    }
    self.init(
      name: ByteString(bytes: name), rowCount: rowCount,
      firstTime: try cursor.read(Int64.self), lastTime: try cursor.read(Int64.self))
  }
}

extension CoordinateExtent {
  fileprivate func encode(into writer: inout ByteWriter) {
    for edge in [minX, minY, maxX, maxY] { writer.append(edge) }
  }

  fileprivate init(decoding cursor: inout ByteCursor) throws(ByteError) {
    self.init(
      minX: try cursor.readDouble(), minY: try cursor.readDouble(),
      maxX: try cursor.readDouble(), maxY: try cursor.readDouble())
  }
}
