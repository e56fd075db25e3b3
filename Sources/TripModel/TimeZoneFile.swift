// A TZif file, as RFC 9636 lays it out (all numbers big-endian):
//
//   header  "TZif" | version | 15 zero bytes | six counts of 4 bytes: isut isstd leap time type char
//   block   times (4 or 8 bytes each) | their types (1 each) | types (offset 4, dst 1, name 1)
//           | names | leap seconds | isstd | isut
//   From version 2 on the 4-byte block is passed over and a second header and 8-byte block follow, then
//   footer  newline | rule for later times, as POSIX writes the variable TZ | newline

extension TimeZoneRules {
  /// Reads a compiled time zone file. The bytes need not be trusted.
  ///
  /// - Throws: `TimeZoneError` where the bytes break RFC 9636 or count leap seconds.
  /// - Complexity: O(n) in the number of bytes.
  package init(tzif bytes: [UInt8]) throws(TimeZoneError) {
    var file = TimeZoneFile(bytes: bytes)
    self = try file.readRules()
  }

  /// A file that says no more than UTC; what a lake in UTC keeps.
  package static let utcFile: [UInt8] = {
    func header() -> [UInt8] {
      Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
        + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 4]
    }
    let block = [UInt8](repeating: 0, count: 6) + Array("UTC\0".utf8)
    return header() + block + header() + block + Array("\nUTC0\n".utf8)
  }()
}

private struct TimeZoneFile {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  struct Header {
    let version: UInt8
    let utcFlagCount: Int
    let standardFlagCount: Int
    let leapCount: Int
    let timeCount: Int
    let typeCount: Int
    let nameByteCount: Int

    /// At most 2^32 times 30, so it cannot overflow.
    func blockByteCount(timeWidth: Int) -> Int {
      timeCount * (timeWidth + 1) + typeCount * 6 + nameByteCount + leapCount * (timeWidth + 4)
        + standardFlagCount + utcFlagCount
    }
  }

  mutating func readRules() throws(TimeZoneError) -> TimeZoneRules {
    let first = try readHeader()
    guard first.version >= UInt8(ascii: "2") else {
      let (starts, offsets) = try readBlock(first, timeWidth: 4)
      return TimeZoneRules(starts: starts, offsets: offsets, cycleEnd: .max)
    }
    try skip(first.blockByteCount(timeWidth: 4))
    let second = try readHeader()
    let (starts, offsets) = try readBlock(second, timeWidth: 8)
    let footer = try readFooter()
    guard !footer.isEmpty else {
      return TimeZoneRules(starts: starts, offsets: offsets, cycleEnd: .max)
    }
    var parser = PosixTimeZoneParser(footer, base: position - footer.count - 1)
    return try parser.parse().continuing(starts: starts, offsets: offsets)
  }

  mutating func readHeader() throws(TimeZoneError) -> Header {
    let start = position
    try skip(44)
    guard bytes[start..<start + 4].elementsEqual("TZif".utf8) else {
      throw TimeZoneError(.malformed, at: start, "this is not a time zone file")
    }
    let version = bytes[start + 4]
    guard version == 0 || version >= UInt8(ascii: "2") else {
      throw TimeZoneError(.outOfRange, at: start + 4, "the version is unknown")
    }
    let counts = (0..<6).map { Int(number(at: start + 20 + $0 * 4, width: 4) & 0xFFFF_FFFF) }
    let header = Header(
      version: version, utcFlagCount: counts[0], standardFlagCount: counts[1],
      leapCount: counts[2], timeCount: counts[3], typeCount: counts[4], nameByteCount: counts[5])
    guard header.typeCount >= 1, header.typeCount <= 256, header.nameByteCount >= 1,
      header.utcFlagCount == 0 || header.utcFlagCount == header.typeCount,
      header.standardFlagCount == 0 || header.standardFlagCount == header.typeCount
    else { throw TimeZoneError(.outOfRange, at: start + 20, "the counts contradict each other") }
    return header
  }

  /// The periods that a block lists. The first begins at `Int64.min` and has the offset of type 0.
  mutating func readBlock(
    _ header: Header, timeWidth: Int
  ) throws(TimeZoneError) -> (starts: [Int64], offsets: [Int32]) {
    let timesAt = position
    // From here on every offset below lies inside the bytes.
    try skip(header.blockByteCount(timeWidth: timeWidth))
    guard header.leapCount == 0 else {
      throw TimeZoneError(.leapSeconds, at: timesAt, "the file counts leap seconds")
    }
    let indicesAt = timesAt + header.timeCount * timeWidth
    let typesAt = indicesAt + header.timeCount
    var typeOffsets: [Int32] = []
    for index in 0..<header.typeCount {
      typeOffsets.append(try offset(at: typesAt + index * 6, nameByteCount: header.nameByteCount))
    }
    var starts = [Int64.min]
    var offsets = [typeOffsets[0]]
    for index in 0..<header.timeCount {
      let timeAt = timesAt + index * timeWidth
      let time = number(at: timeAt, width: timeWidth)
      guard time > starts[index], abs(time) <= 1 << 60 else {
        throw TimeZoneError(.outOfRange, at: timeAt, "the transitions do not ascend")
      }
      let type = Int(bytes[indicesAt + index])
      guard type < header.typeCount else {
        throw TimeZoneError(.outOfRange, at: indicesAt + index, "there is no such type of time")
      }
      starts.append(time)
      offsets.append(typeOffsets[type])
    }
    return (starts, offsets)
  }

  func offset(at position: Int, nameByteCount: Int) throws(TimeZoneError) -> Int32 {
    let seconds = number(at: position, width: 4)
    guard seconds > -25 * 3600, seconds < 26 * 3600, bytes[position + 4] <= 1,
      Int(bytes[position + 5]) < nameByteCount
    else { throw TimeZoneError(.outOfRange, at: position, "a type of time is out of range") }
    return Int32(truncatingIfNeeded: seconds)
  }

  mutating func readFooter() throws(TimeZoneError) -> [UInt8] {
    let newline = UInt8(ascii: "\n")
    let start = position
    guard start < bytes.count, bytes[start] == newline,
      let end = bytes[(start + 1)...].firstIndex(of: newline)
    else { throw TimeZoneError(.malformed, at: start, "the footer is missing or not ended") }
    position = end + 1
    return Array(bytes[start + 1..<end])
  }

  mutating func skip(_ count: Int) throws(TimeZoneError) {
    guard count <= bytes.count - position else {
      throw TimeZoneError(.malformed, at: bytes.count, "the file ends too early")
    }
    position += count
  }

  /// The signed number of `width` bytes, which are there.
  func number(at offset: Int, width: Int) -> Int64 {
    let word = bytes[offset..<offset + width].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let shift = 64 - width * 8
    return Int64(bitPattern: word << UInt64(shift)) >> Int64(shift)
  }
}
