import Glibc
import LakeStore
import LakeTestSupport
import Testing

@testable import LakeIngest

/// Compressed files, made by the system's own gzip and zstd.
@Suite struct CompressedInputTests {
  private static let text =
    LoadHarness.header
    + (0..<400).map { index in
      "Region \(index % 3),POINT (14.49\(index) 50.0\(index)),POINT (14.4 50.04),"
        + "2018-05-28 09:03:\(10 + index % 50),source \(index % 7)\n"
    }.joined()

  private static let zstd = findProgram("zstd")

  private static func findProgram(_ name: String) -> String? {
    ["/usr/bin/", "/bin/", "/usr/local/bin/"].map { $0 + name }.first { access($0, X_OK) == 0 }
  }

  /// The parts, each compressed by itself, one after the other.
  private func compress(_ parts: [String], _ program: String) throws -> [UInt8] {
    let folder = TemporaryFolder()
    var bytes: [UInt8] = []
    for part in parts {
      let plain = folder.path + "/plain"
      let file = try #require(fopen(plain, "w"))
      fputs(part, file)
      fclose(file)
      try #require(system("\(program) -c \(plain) > \(folder.path)/packed") == 0)
      bytes += try contents("\(folder.path)/packed")
    }
    return bytes
  }

  private func contents(_ path: String) throws -> [UInt8] {
    let file = try #require(fopen(path, "r"))
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes[..<count])
  }

  private func plainFooters() throws -> [String] {
    let harness = try LoadHarness()
    #expect(try harness.load([harness.file("trips.csv", Self.text)]).stored == 400)
    return try harness.footers()
  }

  private func expectSameTrips(_ bytes: [UInt8], chunkByteCount: Int, threadCount: Int) throws {
    let harness = try LoadHarness()
    let path = try harness.file("trips.any", bytes)
    let receipt = try harness.load(
      [path], LoadHarness.options(threadCount: threadCount, chunkByteCount: chunkByteCount))
    #expect(receipt.stored == 400)
    #expect(receipt.files[0].byteCount == UInt64(bytes.count))
    #expect(receipt.files[0].ledger.lines == 401)
    #expect(try harness.footers() == plainFooters())
    #expect(try harness.load([path]).status == .alreadyLoaded)
  }

  @Test(arguments: [1, 2], [97, 4096, 1 << 20])
  func gzip(threadCount: Int, chunkByteCount: Int) throws {
    let bytes = try compress([Self.text], "gzip")
    try expectSameTrips(bytes, chunkByteCount: chunkByteCount, threadCount: threadCount)
  }

  @Test(arguments: [1, 2], [97, 1 << 20])
  func zstandard(threadCount: Int, chunkByteCount: Int) throws {
    let zstd = try #require(Self.zstd, "install the Debian package zstd")
    let bytes = try compress([Self.text], "\(zstd) -q")
    try expectSameTrips(bytes, chunkByteCount: chunkByteCount, threadCount: threadCount)
  }

  @Test func severalMembersAndFrames() throws {
    let zstd = try #require(Self.zstd, "install the Debian package zstd")
    let cuts = [
      Self.text.prefix(10), Self.text.dropFirst(10).prefix(5000), Self.text.dropFirst(5010),
    ]
    let parts = cuts.map(String.init) + [""]
    let skippable: [UInt8] = [0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]
    let frames = try compress(parts, "\(zstd) -q")
    for bytes in [try compress(parts, "gzip"), frames + skippable, skippable + frames] {
      try expectSameTrips(bytes, chunkByteCount: 1000, threadCount: 2)
    }
  }

  /// Every cut of a file is an error, never fewer rows.
  @Test func aCutFileStoresNothing() throws {
    let zstd = try #require(Self.zstd, "install the Debian package zstd")
    let text = LoadHarness.header + LoadHarness.prague
    for bytes in [try compress([text], "gzip"), try compress([text], "\(zstd) -q")] {
      for count in InputCompression.magicByteCount..<bytes.count {
        let failure = try self.failure(Array(bytes.prefix(count)))
        #expect(failure?.code == .damagedCompression, "cut to \(count) of \(bytes.count)")
      }
    }
  }

  /// Every flipped bit of the data is an error; in the header of gzip some mean nothing, and the rows are whole.
  @Test func aFlippedBitIsNoticed() throws {
    let zstd = try #require(Self.zstd, "install the Debian package zstd")
    let text = LoadHarness.header + LoadHarness.prague
    let whole = try LoadHarness()
    #expect(try whole.load([whole.file("trips.csv", text)]).stored == 1)
    for program in ["gzip -n", "\(zstd) -q"] {
      let bytes = try compress([text], program)
      var harmless = 0
      for bit in InputCompression.magicByteCount * 8..<bytes.count * 8 {
        var damaged = bytes
        damaged[bit / 8] ^= 1 << UInt8(bit % 8)
        let harness = try LoadHarness()
        let receipt = try harness.load([harness.file("trips", damaged)])
        if receipt.files[0].error == nil {
          #expect(try harness.rowHashSum() == whole.rowHashSum())
          harmless += 1
        } else {
          #expect(try harness.rowCount() == 0)
        }
      }
      // The time, the level and the operating system in a gzip header, and the bits behind its last code.
      #expect(harmless <= 6 * 8 + 7, "\(program): \(harmless)")
    }
  }

  @Test func whatFollowsTheEndIsAnError() throws {
    let bytes = try compress([LoadHarness.header + LoadHarness.prague], "gzip")
    let failure = try failure(bytes + Array("more".utf8))
    #expect(failure?.code == .damagedCompression)
    #expect(failure?.message.contains("what stands there is no gzip member, near byte") == true)
  }

  @Test func aDamagedFileDoesNotStopTheOthers() throws {
    let harness = try LoadHarness()
    let bytes = try compress([Self.text], "gzip")
    let receipt = try harness.load([
      harness.file("cut.gz", Array(bytes.dropLast(9))), harness.file("whole.gz", bytes),
    ])
    #expect(receipt.status == .committedWithRejects)
    #expect(receipt.files.map(\.status) == [.failed, .loaded])
    #expect(try harness.rowCount() == 400)
  }

  /// Two hundred megabytes of blanks in two hundred kilobytes.
  @Test func aBombIsRefused() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/bomb.gz"
    try #require(system("head -c 200M /dev/zero | tr '\\0' ' ' | gzip > \(path)") == 0)
    let text = try InputText(InputFile(path: path))
    let buffer = UnsafeMutableRawPointer.allocate(byteCount: 1 << 20, alignment: 1)
    defer { buffer.deallocate() }
    var byteCount = 0
    let error = #expect(throws: IngestError.self) {
      while case let count = try text.read(into: buffer, count: 1 << 20), count > 0 {
        byteCount += count
      }
    }
    #expect(error?.code == .damagedCompression)
    #expect(byteCount >= InputText.bombByteCount - (1 << 20) && byteCount < 200 << 20)
  }

  private func failure(_ bytes: [UInt8]) throws -> IngestError? {
    let harness = try LoadHarness()
    let receipt = try harness.load([harness.file("trips", bytes)])
    #expect(receipt.status == .failed)
    #expect(try harness.rowCount() == 0)
    return receipt.files[0].error
  }
}
