import Glibc
import LakeBytes
import LakeTestSupport
import Testing

@testable import LakeCommands

/// The parts of a watch; the whole of it is tested as a process in `Tests/notify`.
@Suite struct WatchTests {
  private let folder = TemporaryFolder()

  private func watched() throws -> WatchFolder { try WatchFolder(path: folder.path) }

  private func receipt(_ file: WatchedFile) -> WatchReceipt {
    WatchReceipt(file, .failure(CommandError(2010, .badData, "no")), lakePath: "l")
  }

  @Test(arguments: [
    ("a.csv", true), ("-", true), ("a", true), ("part", true), ("a.csv.gz", true), (".a", false),
    ("a.part", false), ("a.csv.PART", false), ("a.tmp", false), ("a~", false),
    ("a.crdownload", false), ("a.filepart", false),
  ])
  func names(name: String, isWanted: Bool) {
    #expect(WatchedFile.isWanted(name) == isWanted)
  }

  @Test(arguments: [
    ("a.csv.gz", 1, "a.csv.gz"), ("a.csv.gz", 2, "a.2.csv.gz"), ("a", 12, "a.12"),
    ("-.csv", 3, "-.3.csv"),
  ])
  func slots(name: String, number: Int, slot: String) {
    #expect(WatchSlot(name, number: number).fileName == slot)
    #expect(WatchSlot(name, number: number).receiptName == slot + ".receipt.json")
  }

  @Test func receiptsOfLongNamesFit() {
    let names = ["a", "b"].map { String(repeating: "ä", count: 120) + $0 }
    let receipts = names.map { WatchSlot($0, number: 1).receiptName }
    #expect(receipts.allSatisfy { $0.utf8.count <= 255 && $0.hasSuffix(".receipt.json") })
    #expect(receipts[0] != receipts[1])
  }

  @Test func regularFilesAreListedByName() throws {
    for name in ["b.csv", "a.csv", "B.csv", ".c.csv", "d.part"] { _ = folder.file(name, "x") }
    #expect(mkdir(folder.path + "/folder.csv", 0o755) == 0)
    #expect(symlink("a.csv", folder.path + "/link.csv") == 0)
    let (files, unreadable) = try watched().files()
    #expect(files.map(\.name) == ["B.csv", "a.csv", "b.csv"])
    #expect(files.allSatisfy { $0.byteCount == 1 } && unreadable == 0)
  }

  @Test func aFileIsCompleteWhenNobodyWritesIt() throws {
    let path = folder.file("a.csv", "x")
    let watch = try watched()
    let file = try #require(try watch.files().files.first)
    #expect(watch.completeness(file) == .complete)
    let writer = open(path, O_WRONLY | O_APPEND)
    #expect(watch.completeness(file) == .open)
    close(writer)
    #expect(watch.completeness(file) == .complete)
    unlink(path)
    #expect(watch.completeness(file) == .gone)
  }

  @Test func filesAndReceiptsFindTheNextFreeName() throws {
    let watch = try watched()
    let mover = WatchMover(folder: watch)
    var targets: [String] = []
    for number in 1...4 {
      _ = folder.file("a.csv", "\(number)")
      // Somebody has put things there.
      if number == 2 { _ = folder.file("failed/a.2.csv", "theirs") }
      if number == 3 { _ = folder.file("failed/a.4.csv.receipt.json", "theirs") }
      let file = try #require(try watch.files().files.first)
      targets.append(try mover.finish(file, receipt(file)))
    }
    #expect(targets == ["failed/a.csv", "failed/a.3.csv", "failed/a.5.csv", "failed/a.6.csv"])
    #expect(folder.contents("failed/a.2.csv") == "theirs")
    #expect(folder.contents("failed/a.4.csv.receipt.json") == "theirs")
    #expect(folder.contents("failed/a.csv") == "1" && folder.contents("failed/a.6.csv") == "4")
  }

  @Test func aMoveThatWasCutOffIsEnded() throws {
    let watch = try watched()
    let mover = WatchMover(folder: watch)
    _ = folder.file("a.csv", "one")
    let first = try #require(try watch.files().files.first)
    #expect(try mover.resume(first) == nil)
    #expect(try watch.write(receipt(first).bytes, to: .failed, as: "a.csv.receipt.json"))
    // Another file of the name has nothing to do with the receipt.
    let other = WatchedFile(name: "a.csv", byteCount: 3, inode: first.inode + 1, modified: 0)
    #expect(try mover.resume(other) == nil)
    #expect(try mover.resume(first) == "failed/a.csv")
    #expect(folder.contents("failed/a.csv") == "one")
    #expect(try watch.files().files.isEmpty)
  }

  @Test func oneWatcherAFolder() throws {
    let first = try watched()
    #expect(first.lock())
    #expect(!(try watched().lock()))
    withExtendedLifetime(first) {}
  }

  @Test func onceIsOneCommand() throws {
    let lake = folder.path + "/lake"
    #expect(mkdir(folder.path + "/in", 0o755) == 0)
    let header = "region,origin_coord,destination_coord,datetime,datasource\n"
    _ = folder.file("in/a.csv", header + "Prague,POINT (14.5 50),,2018-05-28 09:03:40,car\n")
    _ = folder.file("in/b.csv", header + "x\n")
    let words = ["watch", "--once", "--lake", lake, folder.path + "/in"]
    let run = CommandRun(words)
    #expect(run.exitCode == .committedWithRejects)
    #expect(run.lines.first == "file,status,load,stored,duplicates,rejected,moved_to")
    #expect(
      Array(run.lines.dropFirst()) == [
        "a.csv,loaded,1,1,0,0,processed/a.csv", "b.csv,failed,,0,0,1,failed/b.csv",
      ])
    #expect(run.messages.contains("error[TL-2009]") || run.messages.contains("error[TL-2021]"))
    let receipt = try #require(folder.contents("in/processed/a.csv.receipt.json"))
    let value = try JSONParser.parse(Array(receipt.utf8))
    #expect(value["schema"]?.text == "triplake.receipt/1")
    #expect(value["result"]?["load"] == .integer(1) && value["error"] == .null)
    #expect(CommandRun(words).exitCode == .done)
    let endless = CommandRun(["watch", "--format", "json", "--lake", lake, folder.path + "/in"])
    #expect(endless.exitCode == .usage && endless.messages.contains("ndjson"))
  }
}
