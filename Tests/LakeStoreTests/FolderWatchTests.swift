import Glibc
import LakeStore
import LakeTestSupport
import Testing
import TripModel

@Suite struct FolderWatchTests {
  private let folder = TemporaryFolder()

  private func news(_ watch: FolderWatch) -> [FolderWatch.News] {
    var all: [FolderWatch.News] = []
    while watch.wait(milliseconds: 200).contains(.news) { all += watch.news() }
    return all
  }

  @Test func aFileIsCompleteWhenItIsClosedOrMovedIn() throws {
    let watch = try FolderWatch()
    try watch.add(folder.path)
    let file = open(folder.path + "/a b", O_WRONLY | O_CREAT, 0o644)
    #expect(write(file, "x", 1) == 1)
    #expect(news(watch) == [.changed("a b"), .changed("a b")])
    close(file)
    #expect(news(watch) == [.complete("a b")])
    #expect(rename(folder.path + "/a b", folder.path + "/c") == 0)
    #expect(news(watch) == [.complete("c")])
  }

  @Test func aFolderThatGoesIsTold() throws {
    let path = folder.path + "/inner"
    #expect(mkdir(path, 0o755) == 0)
    let watch = try FolderWatch()
    try watch.add(path)
    #expect(rmdir(path) == 0)
    #expect(news(watch).contains(.folderGone))
    #expect(throws: SystemError.self) { try watch.add(path) }
    #expect(throws: SystemError.self) { try watch.add("/etc/hostname") }
  }

  @Test func aWaitEndsAfterItsTime() throws {
    let watch = try FolderWatch()
    #expect(watch.wait(milliseconds: 1).isEmpty)
    #expect(watch.news().isEmpty)
  }
}
