import Testing
import TripModel

@testable import LakeCommands

@Suite struct OptionValuesTests {
  private let environment = CommandEnvironment(output: ByteOutput(), messages: ByteOutput())

  private func raw(_ name: String, _ value: String) -> RawOptions {
    RawOptions(options: [.init(name: name, value: value)])
  }

  @Test func boxes() throws {
    let box = try raw("bbox", "-74.1,40.5,-73.7,40.9").boundingBox("bbox")
    #expect(box == BoundingBox(west: -74.1, south: 40.5, east: -73.7, north: 40.9))
    #expect(try raw("bbox", "170,-20,-170,1e1").boundingBox("bbox")?.crossesAntimeridian == true)
  }

  @Test(arguments: [
    "", "1,2,3", "1,2,3,4,5", "1,2,3,x", "nan,0,1,1", "inf,0,1,1", "0x1,0,1,1", "1,,3,4",
    "1 ,2,3,4", "0,2,1,1", "181,0,1,1", "0,0,1,91",
  ])
  func refusedBoxes(text: String) {
    #expect(throws: CommandError.self) { try raw("bbox", text).boundingBox("bbox") }
  }

  @Test func listsOfNumbers() throws {
    func hours(_ text: String) throws -> Set<Int>? {
      try raw("hours", text).numbers("hours", in: 0...23, mayWrap: true)
    }
    #expect(try hours("7-9,17") == [7, 8, 9, 17])
    #expect(try hours("22-1,0") == [22, 23, 0, 1])
    #expect(try hours("5-5") == [5])
    #expect(try raw("x", "1").numbers("hours", in: 0...23, mayWrap: true) == nil)
    for text in ["", "24", "7-", "-7", "7-9-11", "7,", "7.5", "x", "0x1", "7 - 9", "+7"] {
      #expect(throws: CommandError.self) { try hours(text) }
    }
    #expect(throws: CommandError.self) {
      try raw("weekdays", "6-1").numbers("weekdays", in: 1...7, mayWrap: false)
    }
  }

  @Test func daysOfDatesAndWeeks() throws {
    let day = try raw("from", "2018-05-28").days("from")
    let week = try raw("from", "2018-W22").days("from")
    let monday = try #require(CivilDate(text: "2018-05-28")).dayNumber
    #expect(day == monday...monday)
    #expect(week == monday...monday + 6)
  }

  @Test(arguments: ["2021-W53", "2018-W00", "2018-02-29", "2018-5-1", "yesterday", ""])
  func refusedDays(text: String) {
    let error = #expect(throws: CommandError.self) { try raw("from", text).days("from") }
    #expect(error?.code == 1005)
  }

  @Test(arguments: [
    ("512M", 512 << 20), ("1G", 1 << 30), ("2g", 2 << 30), ("64k", 64 << 10), ("123", 123),
  ])
  func byteCounts(text: String, count: Int) throws {
    let found = try raw("memory", text).byteCount("memory", variable: "X", environment)
    #expect(found == count)
  }

  @Test(arguments: ["", "M", "-1", "1.5G", "0", "1T", "99999999999999G", "9223372036854775808"])
  func refusedByteCounts(text: String) {
    #expect(throws: CommandError.self) {
      try raw("memory", text).byteCount("memory", variable: "X", environment)
    }
  }

  @Test func theEnvironmentStandsInForOptions() throws {
    var environment = environment
    environment.variables = { ["TRIPLAKE_THREADS": "3", "M": "1M"][$0] }
    #expect(try RawOptions().threadCount(environment) == 3)
    #expect(try raw("threads", "5").threadCount(environment) == 5)
    #expect(try RawOptions().byteCount("memory", variable: "M", environment) == 1 << 20)
    for text in ["0", "1025", "-1", "two", ""] {
      #expect(throws: CommandError.self) { try raw("threads", text).threadCount(environment) }
    }
  }

  @Test func memoryLimitsAreFoundInBothVersionsOfControlGroups() {
    let unified = MemoryLimit.groupFiles(ofTable: "0::/a/b\n")
    #expect(
      unified == [
        "/sys/fs/cgroup/a/b/memory.max", "/sys/fs/cgroup/a/memory.max",
        "/sys/fs/cgroup/memory.max",
      ])
    let first = MemoryLimit.groupFiles(ofTable: "5:cpu,cpuacct:/x\n4:memory:/x\nnonsense\n")
    #expect(
      first == [
        "/sys/fs/cgroup/memory/x/memory.limit_in_bytes",
        "/sys/fs/cgroup/memory/memory.limit_in_bytes",
      ])
    #expect((256 << 20...4 << 30).contains(MemoryLimit.defaultByteCount))
  }
}
