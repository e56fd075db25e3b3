internal import LakeBytes
package import TripModel

/// The folder name of a region: `region=` and an escape of the name's bytes.
///
/// ```
/// Prague          region=Prague
/// São Paulo       region=S%C3%A3o%20Paulo
/// prague          region=prague~<16 hex>
/// (empty)         region=%00~<16 hex>
/// 10,000 bytes    region=<prefix>~<32 hex>
/// ```
///
/// Bytes outside `A-Z a-z 0-9 _ -` become `%XX`. A name whose words each begin with a capital and go on in
/// small letters stands plainly; every other name carries a hash of its bytes, so that two names that
/// differ only in case never share a folder on a file system that folds case. At most 200 bytes long.
/// Specification: `formats/lake-layout/v1.md`, section "Region folders".
package enum RegionFolder {
  static let maximumByteCount = 200
  private static let prefix = "region="

  package static func name(of region: ByteString) -> String {
    let bytes = region.bytes
    let escaped = bytes.isEmpty ? "%00" : escape(bytes)
    let isPlain = hasTitleCase(bytes)
    let whole =
      prefix + escaped + (isPlain ? "" : "~" + Checksum.xxh3_128(bytes).hexadecimal.suffix(16))
    if whole.utf8.count <= maximumByteCount { return whole }
    // Too long: as many whole escapes as fit, then the full digest.
    let room = maximumByteCount - prefix.utf8.count - 1 - 32
    return prefix + escape(bytes, limit: room) + "~" + Checksum.xxh3_128(bytes).hexadecimal
  }

  /// Whether a letter is a capital exactly where it begins a word, so that the name without its case
  /// still tells the case. Bytes of multi-byte characters count as letters.
  private static func hasTitleCase(_ bytes: [UInt8]) -> Bool {
    var isInWord = false
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"):
        if isInWord { return false }
        isInWord = true
      case UInt8(ascii: "a")...UInt8(ascii: "z"):
        if !isInWord { return false }
      case 0x80...:
        isInWord = true
      case 0..<0x20, 0x7f:
        return false
      default:
        isInWord = false
      }
    }
    return !bytes.isEmpty
  }

  private static func isSafe(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  private static let digits = Array("0123456789ABCDEF".utf8)

  private static func escape(_ bytes: [UInt8], limit: Int = .max) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for byte in bytes {
      let isSafe = isSafe(byte)
      if result.count + (isSafe ? 1 : 3) > limit { break }
      result.append(isSafe ? byte : UInt8(ascii: "%"))
      guard !isSafe else { continue }
      result.append(digits[Int(byte >> 4)])
      result.append(digits[Int(byte & 15)])
    }
    return String(decoding: result, as: UTF8.self)
  }
}
