internal import Glibc
internal import LakeBytes
internal import LakeFile
package import LakeStore
package import TripModel

/// A lake of a test's trips in a folder of its own.
package final class TestLake: Sendable {
  package let lake: Lake
  private let folder: TemporaryFolder
  private let zone: TimeZoneRules

  /// An empty lake, made at once.
  package init(zoneName: ByteString = "UTC", zoneData: [UInt8] = TimeZoneRules.utcFile) throws {
    folder = TemporaryFolder()
    zone = try TimeZoneRules(tzif: zoneData)
    lake = try Lake.create(
      at: folder.path + "/lake", settings: LakeSettings(zoneName: zoneName, zoneData: zoneData))
  }

  /// Commits trips as one load: real trip files, up to `filesPerPartition` for each partition, the trips in
  /// the order given.
  package func add(
    _ trips: [TestTrip], blockRowCount: Int = 64, filesPerPartition: Int = 1
  ) throws {
    guard let options = TripFileOptions(blockRowCount: blockRowCount) else {
      preconditionFailure("a block has a multiple of 64 rows")
    }
    var encoder = TripFileEncoder(schema: .trips, options: options)
    var files: [(key: PartitionKey, file: EncodedTripFile)] = []
    for (key, rows) in partitions(of: trips) {
      let size = (rows.count + filesPerPartition - 1) / filesPerPartition
      for start in stride(from: 0, to: rows.count, by: size) {
        let part = Array(rows[start..<min(start + size, rows.count)])
        files.append((key, try encoder.encode(key: key, columns: TestTrip.columns(part))))
      }
    }
    try commit(files)
  }

  /// Commits trips whose statistics are right and whose data files hold nothing but a word: an answer that
  /// needs one of them fails.
  package func addUnreadable(_ trips: [TestTrip]) throws {
    let bytes = Array("unreadable".utf8)
    try commit(
      partitions(of: trips).map { key, rows in
        let statistics = TestTrip.statistics(rows, byteCount: bytes.count)
        return (key, EncodedTripFile(bytes: bytes, footerDigest: .zero, statistics: statistics))
      })
  }

  private func partitions(of trips: [TestTrip]) -> [(key: PartitionKey, value: [TestTrip])] {
    Dictionary(grouping: trips) { trip in
      PartitionKey(region: trip.region, week: zone.week(ofMicroseconds: trip.time))
    }
    .sorted { $0.key < $1.key }
  }

  private func commit(_ files: [(key: PartitionKey, file: EncodedTripFile)]) throws {
    let transaction = try lake.begin()
    var staged: [StagedDataFile] = []
    for (number, file) in files.enumerated() {
      staged.append(
        try transaction.writeDataFile(file.file, key: file.key, number: UInt32(number)))
    }
    let added = staged
    _ = try transaction.commit { _ in ManifestChange(added: added) }
  }
}

extension TestLake {
  /// A lake of one trip file and one source, whose statistics of sources are damaged: the last time is another, so that
  /// nothing but the digest tells.
  package static func withDamagedSourceStatistics(tripCount: Int64) throws -> TestLake {
    let lake = try TestLake()
    try lake.add(
      (0..<tripCount).map {
        TestTrip(region: "Prague", origin: .init(14, 50), destination: nil, time: $0, source: "a")
      })
    try lake.damageManifest(section: 10, at: 28)
    return lake
  }

  /// Changes one byte of a section of the first manifest.
  package func damageManifest(section: UInt8, at offset: Int) throws {
    let path = LakePath.manifest(1)
    let file = try StoreFile(opening: path, in: LocalFileSystem(root: lake.path))
    let start = ManifestForgery.start(ofSection: section, in: try file.read(0..<file.byteCount))
    Self.flipByte(at: start + offset, ofFile: lake.path + "/" + path.text)
  }

  /// Changes one byte of a file, as a failing disk may.
  package static func flipByte(at offset: Int, ofFile path: String) {
    let descriptor = open(path, O_RDWR)
    precondition(descriptor >= 0, "the file can be opened")
    defer { close(descriptor) }
    var byte: UInt8 = 0
    precondition(pread(descriptor, &byte, 1, offset) == 1, "the file has that byte")
    byte ^= 0x10
    precondition(pwrite(descriptor, &byte, 1, offset) == 1, "the file can be written")
  }
}
