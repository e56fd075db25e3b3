/// What a write needs to go straight from memory to the disk (`O_DIRECT`, open(2)).
///
/// Pages that the system keeps of a file cost a copy and, on a virtual machine that has not used the memory lately, the wait
/// for its host.
package enum DirectWrite {
  /// Memory, place in the file and length are multiples of it: the block of all usual disks and file systems, or a
  /// multiple of theirs.
  package static let blockByteCount = 4096
  /// For fewer bytes the wait for the disk costs more than a copy.
  package static let leastByteCount = 1 << 16

  /// How many of the first bytes can be written so, or `nil`.
  package static func byteCount(of bytes: RawSpan, at offset: Int) -> Int? {
    let count = bytes.byteCount - bytes.byteCount % blockByteCount
    guard count >= leastByteCount, offset.isMultiple(of: blockByteCount) else { return nil }
    let address = bytes.withUnsafeBytes { Int(bitPattern: $0.baseAddress) }
    return address.isMultiple(of: blockByteCount) ? count : nil
  }
}
