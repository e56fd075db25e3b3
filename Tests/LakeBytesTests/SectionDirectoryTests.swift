import LakeBytes
import Testing

@Suite("A section directory")
struct SectionDirectoryTests {
  static func sample() -> (sections: [UInt8], directory: SectionDirectory) {
    var writer = SectionWriter(base: 100)
    writer.append(kind: 1, tag: 2, [1, 2, 3])
    writer.append(kind: 1, tag: 5, [])
    writer.append(kind: 7, isRequired: false, [4])
    return (writer.bytes, writer.directory)
  }

  static func decode(
    _ bytes: [UInt8], in range: Range<Int> = 100..<104
  ) throws(ByteError) -> SectionDirectory {
    var cursor = ByteCursor(bytes)
    return try SectionDirectory(
      decoding: &cursor, entryCount: bytes.count / SectionEntry.byteCount, sectionsIn: range)
  }

  static var encoded: [UInt8] {
    var writer = ByteWriter()
    sample().directory.encode(into: &writer)
    return writer.bytes
  }

  @Test("comes back as it was written, and finds its sections")
  func roundTrip() throws {
    let directory = try Self.decode(Self.encoded)
    #expect(directory == Self.sample().directory)
    #expect(directory.byteCount == Self.encoded.count)
    #expect(directory.entry(kind: 1, tag: 5)?.range == 103..<103)
    #expect(directory.entry(kind: 1) == nil)
    #expect(directory.entry(kind: 7)?.isRequired == false)
  }

  @Test("[SD-1] [SD-2] [SD-3] refuses wrong orders, flags and places")
  func refusals() {
    func expectRefused(_ change: (inout [UInt8]) -> Void) {
      var bytes = Self.encoded
      change(&bytes)
      #expect(throws: ByteError.self) { try Self.decode(bytes) }
    }
    expectRefused { $0[0] = 0 }
    expectRefused { $0[0] = 8 }
    expectRefused { $0[2] = 2 }
    expectRefused { $0[44] = 2 }
    expectRefused { $0[8] = 99 }
    expectRefused { $0[15] = 0xff }
    expectRefused { $0[16] = 2 }
    expectRefused { $0[16] = 4 }
    expectRefused { $0[96] = 0 }
    expectRefused { $0[103] = 0x80 }
    #expect(throws: ByteError.self) { try Self.decode(Self.encoded, in: 101..<104) }
    #expect(throws: ByteError.self) { try Self.decode(Self.encoded, in: 100..<105) }
  }

  @Test("[SD-2] refuses unknown sections that are required, by number")
  func unknown() throws {
    let directory = Self.sample().directory
    try directory.requireKnown { $0 == 1 }
    do {
      try directory.requireKnown { $0 == 7 }
      Issue.record("the unknown section was passed over")
    } catch {
      #expect(error.code == .unsupported)
      #expect(error.message.contains("kind 1 "))
    }
  }

  @Test("[SD-4] proves a section's digest before it is read")
  func digests() throws {
    let (sections, directory) = Self.sample()
    let entry = try #require(directory.entry(kind: 1, tag: 2))
    var cursor = try entry.cursor(in: sections, base: 100)
    #expect(try cursor.readBytes(count: 3) == [1, 2, 3])
    #expect(cursor.remaining == 0)
    var damaged = sections
    damaged[1] ^= 1
    #expect(throws: ByteError.self) { try entry.cursor(in: damaged, base: 100) }
    #expect(throws: ByteError.self) { try entry.cursor(in: [1, 2], base: 100) }
    #expect(throws: ByteError.self) { try entry.cursor(in: sections, base: 101) }
  }
}
