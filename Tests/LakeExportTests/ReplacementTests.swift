import Glibc
import LakeExport
import Testing
import TripModel

@Suite struct ReplacementTests {
  let folder: ExportFolder

  init() throws {
    folder = try ExportFolder()
  }

  private func export(_ sample: SampleTables = .threeRegions, at time: Int64 = 0) throws {
    _ = try sample.export(at: time).write(to: folder.target)
  }

  /// Exports must fail with `code` and leave the folder as it is.
  private func expectRefusal(
    _ code: ExportError.Code, sourceLocation: SourceLocation = #_sourceLocation
  )
    throws
  {
    let names = folder.names
    let contents = try names.filter { $0 != "folder" && $0 != "link" }.map { try folder.read($0) }
    let error = #expect(throws: ExportError.self, sourceLocation: sourceLocation) { try export() }
    #expect(error?.code == code, sourceLocation: sourceLocation)
    #expect(error?.path == folder.target, sourceLocation: sourceLocation)
    #expect(folder.names == names, sourceLocation: sourceLocation)
    let after = try names.filter { $0 != "folder" && $0 != "link" }.map { try folder.read($0) }
    #expect(after == contents, sourceLocation: sourceLocation)
  }

  @Test func nothingIsLeftBesideTheNewFile() throws {
    try export()
    #expect(folder.names == ["trips.db"])
    try export(at: 5)
    #expect(folder.names == ["trips.db"])
    #expect(
      try rows("SELECT committed_at_epoch_us FROM _triplake_meta", in: folder.target)
        == [[.integer(5)]])
  }

  @Test func theNewFileKeepsThePermissionsOfTheOld() throws {
    try export()
    #expect(chmod(folder.target, 0o600) == 0)
    try export()
    var status = stat()
    #expect(stat(folder.target, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
  }

  @Test func aReaderOfTheOldFileKeepsIt() throws {
    try export(at: 1)
    let database = try SQLiteDatabase(path: folder.target, mode: .readOnly)
    var statement = try database.prepare("SELECT committed_at_epoch_us FROM _triplake_meta")
    #expect(try statement.step())
    #expect(statement.row == [.integer(1)])
    // The lock of a reader in this process is not seen; one in another process would refuse the export.
    try export(at: 2)
    #expect(statement.row == [.integer(1)])
  }

  @Test(arguments: ["trips.db-wal", "trips.db-journal", "trips.db-shm"])
  func aStrayJournalRefuses(name: String) throws {
    try folder.write("left by another program", to: name)
    try expectRefusal(.targetRefused)
    _ = unlink("\(folder.path)/\(name)")
    try export()
    try folder.write("", to: name)
    try expectRefusal(.targetRefused)
  }

  @Test func aFolderRefuses() throws {
    #expect(mkdir(folder.target, 0o755) == 0)
    let error = #expect(throws: ExportError.self) { try export() }
    #expect(error?.code == .targetRefused)
    #expect(folder.names == ["trips.db"])
  }

  @Test(arguments: ["real.db", "missing.db"])
  func aLinkRefuses(destination: String) throws {
    try folder.write("", to: "real.db")
    #expect(symlink(destination, folder.target) == 0)
    let error = #expect(throws: ExportError.self) { try export() }
    #expect(error?.code == .targetRefused)
    #expect(folder.names == ["real.db", "trips.db"])
    #expect(try folder.read("real.db").isEmpty)
  }

  @Test(arguments: ["region,origin_coord\n", "S", "SQLite format 2\0 and more"])
  func aFileThatIsNoDatabaseRefuses(text: String) throws {
    try folder.write(text, to: "trips.db")
    try expectRefusal(.targetRefused)
  }

  @Test func anEmptyFileIsReplaced() throws {
    try folder.write("", to: "trips.db")
    try export()
    #expect(try rows("SELECT count(*) FROM regions", in: folder.target) == [[.integer(3)]])
  }

  @Test func aMissingFolderRefuses() {
    let error = #expect(throws: ExportError.self) {
      try SampleTables.threeRegions.export().write(to: "\(folder.path)/none/trips.db")
    }
    #expect(error?.code == .cannotCreate)
    for path in ["", "/", ".", "..", "\(folder.path)/"] {
      #expect(throws: ExportError.self) { try SampleTables.threeRegions.export().write(to: path) }
    }
  }

  @Test func aDatabaseInUseRefuses() throws {
    try export()
    let number = open(folder.target, O_RDWR | O_CLOEXEC)
    defer { close(number) }
    // SQLite's lock of a writer (RESERVED), held as another process would hold it.
    let lockOfOpenFile: Int32 = 37
    var lock = flock(
      l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 0x4000_0001, l_len: 1, l_pid: 0)
    #expect(fcntl(number, lockOfOpenFile, &lock) == 0)
    try expectRefusal(.targetBusy)
  }

  @Test func aSecondExportToTheSameFileRefuses() throws {
    try export()
    try folder.write("half of a database", to: ".trips.db.new")
    let number = open("\(folder.path)/.trips.db.new", O_RDWR | O_CLOEXEC)
    #expect(flock(number, LOCK_EX) == 0)
    try expectRefusal(.targetBusy)
    close(number)
    // The first one was killed: its file is reused.
    try export(at: 3)
    #expect(folder.names == ["trips.db"])
    #expect(try rows("PRAGMA integrity_check", in: folder.target) == [[.text("ok")]])
  }

  @Test func aPlantedLinkAtTheTemporaryNameIsNotFollowed() throws {
    try folder.write("precious", to: "other")
    #expect(symlink("other", "\(folder.path)/.trips.db.new") == 0)
    let error = #expect(throws: ExportError.self) { try export() }
    #expect(error?.code == .cannotCreate)
    #expect(try folder.read("other") == Array("precious".utf8))
  }

  @Test func aFailureLeavesTheOldFile() throws {
    try export(at: 1)
    let before = try folder.read("trips.db")
    var twice = SampleTables.threeRegions
    twice.areas += twice.areas
    let error = #expect(throws: ExportError.self) { try export(twice) }
    #expect(error?.code == .checkFailed)
    #expect(try folder.read("trips.db") == before)
    #expect(folder.names == ["trips.db"])
  }
}
