import LakeBytes
import LakeTestSupport

/// Changes trip files as an attacker would: with every checksum made to fit again.
///
/// It knows the bytes from `formats/trip-file/v1.md` alone.
enum ForgedFile {
  static func interestingByte(_ random: inout SeededRandom) -> UInt8 {
    switch random.integer(in: 0..<4) {
    case 0: 0
    case 1: 0xff
    case 2: 0x80
    default: UInt8(truncatingIfNeeded: random.next())
    }
  }

  /// Where a section lies, by its kind and tag.
  static func section(_ kind: UInt16, tag: UInt32 = 0, of bytes: [UInt8]) -> Range<Int>? {
    for entry in directoryEntries(bytes) {
      if number(bytes, at: entry, width: 2) == UInt64(kind),
        number(bytes, at: entry + 4, width: 4) == UInt64(tag)
      {
        return sectionRange(bytes, entry)
      }
    }
    return nil
  }

  /// Adds an optional section behind the last one.
  ///
  /// - Returns: The file, and where the section begins.
  static func inserting(
    _ content: [UInt8], kind: UInt16, into bytes: [UInt8]
  ) -> (bytes: [UInt8], place: Int) {
    let trailer = bytes.count - 40
    let place = directoryEntries(bytes).first ?? trailer
    var entry = [UInt8](repeating: 0, count: 40)
    store(UInt64(kind), width: 2, at: 0, &entry)
    store(UInt64(place), at: 8, &entry)
    store(UInt64(content.count), at: 16, &entry)
    var result = Array(bytes[..<place]) + content
    result += bytes[place..<trailer] + entry + bytes[trailer...]
    let newTrailer = result.count - 40
    store(UInt64(result.count), at: newTrailer, &result)
    store(number(bytes, at: trailer + 8, width: 4) + 1, width: 4, at: newTrailer + 8, &result)
    repairChecksums(&result)
    return (result, place)
  }

  /// Computes the checksums of pages, sections and footer anew, as far as their places make sense.
  static func repairChecksums(_ bytes: inout [UInt8]) {
    repairPages(&bytes)
    for entry in directoryEntries(bytes) {
      guard let range = sectionRange(bytes, entry) else { continue }
      let digest = Checksum.xxh3_128(bytes, range: range)
      store(digest.low, at: entry + 24, &bytes)
      store(digest.high, at: entry + 32, &bytes)
    }
    let trailer = bytes.count - 40
    let start = directoryEntries(bytes).first ?? trailer
    let digest = Checksum.xxh3_128(bytes, range: start..<trailer + 12)
    store(digest.low, at: trailer + 12, &bytes)
    store(digest.high, at: trailer + 20, &bytes)
  }

  private static func repairPages(_ bytes: inout [UInt8]) {
    guard let section = section(3, of: bytes) else { return }
    let pageCount = section.count / 12
    var offset = 16
    for page in 0..<pageCount {
      let length = Int(number(bytes, at: section.lowerBound + page * 4, width: 4))
      guard length <= bytes.count - offset else { return }
      let checksum = Checksum.xxh3_64(bytes, range: offset..<offset + length)
      store(checksum, at: section.lowerBound + pageCount * 4 + page * 8, &bytes)
      offset += length
    }
  }

  private static func directoryEntries(_ bytes: [UInt8]) -> [Int] {
    let trailer = bytes.count - 40
    let count = Int(number(bytes, at: trailer + 8, width: 4))
    guard count <= trailer / 40 else { return [] }
    return (0..<count).map { trailer - (count - $0) * 40 }
  }

  private static func sectionRange(_ bytes: [UInt8], _ entry: Int) -> Range<Int>? {
    let offset = number(bytes, at: entry + 8, width: 8)
    let count = number(bytes, at: entry + 16, width: 8)
    guard offset <= bytes.count, count <= UInt64(bytes.count) - offset else { return nil }
    return Int(offset)..<Int(offset + count)
  }

  static func number(_ bytes: [UInt8], at offset: Int, width: Int) -> UInt64 {
    (0..<width).reversed().reduce(0) { $0 << 8 | UInt64(bytes[offset + $1]) }
  }

  static func store(_ number: UInt64, width: Int = 8, at offset: Int, _ bytes: inout [UInt8]) {
    for index in 0..<width {
      bytes[offset + index] = UInt8(truncatingIfNeeded: number >> (index * 8))
    }
  }
}
