package import LakeBytes
internal import TripModel

extension LakeSettings {
  /// What each byte of a file `LAKE` means, in order and without a gap. The file is drawn at `encode`.
  ///
  /// - Parameter path: What errors call the file.
  /// - Throws: `StoreError.damaged`, `.unsupportedFormat`.
  package static func annotations(
    of bytes: [UInt8], path: String
  ) throws(StoreError) -> [ByteAnnotation] {
    do throws(ByteError) {
      _ = try decode(bytes)
      var file = ByteAnnotator(bytes, base: 0)
      try file.bytes(count: 8, "magic") { String(decoding: $0, as: UTF8.self) }
      try file.number(UInt16.self, "format")
      try file.number(UInt16.self, "reserved")
      try file.number(UInt32.self, "features required of a reader")
      try file.digest("the lake's id")
      try file.number(UInt64.self, "size of this file")
      let nameByteCount = Int(try file.number(UInt32.self, "size of the zone's name"))
      let dataByteCount = Int(try file.number(UInt32.self, "size of the zone's rules"))
      try file.bytes(count: nameByteCount, "zone") { ByteString(bytes: $0).displayText }
      try file.bytes(count: dataByteCount, "rules of the zone, a TZif file")
      try file.number(UInt64.self, "XXH3-64 of all before", text: hexadecimal)
      try file.number(UInt16.self, "format")
      try file.bytes(count: 6, "zeros")
      try file.bytes(count: 8, "end") { String(decoding: $0, as: UTF8.self) }
      return file.annotations
    } catch {
      throw StoreError(error, path: path)
    }
  }

  private static func hexadecimal(_ number: UInt64) -> String {
    String(number, radix: 16)
  }
}
