import LakeTestSupport
import Testing

@testable import LakeCommands

@Suite("The commands about routes")
struct RouteCommandTests {
  let lake = SampleLake()

  @Test func routesAreFittedListedAndCounted() {
    let early = lake.run("routes weekly")
    #expect(early.exitCode == .usage && early.messages.hasPrefix("error[TL-5009]"))
    #expect(lake.run("routes list").messages.contains("routes fit finds them"))
    let forecast = lake.run("routes fit --k 3 --dry-run")
    let fit = lake.run("routes fit --k 3 --threads 2")
    #expect(fit.exitCode == .done && fit.output == forecast.output)
    #expect(fit.lines[0] == "region,routes,trips,iterations,inertia,rms_metres")
    #expect(fit.lines[1].hasPrefix("Hamburg,3,28,") && fit.lines.count == 4)
    #expect(fit.messages == "snapshot 2 keeps 9 routes of 3 regions\n")
    let list = lake.run("routes list")
    #expect(list.lines.count == 10)
    #expect(lake.run("routes list --as-of 1").lines.count == 1)
    #expect(lake.run("routes list --region Turin").lines.count == 4)
    #expect(lake.run("routes list --region Turn").messages.contains("did you mean \"Turin\"?"))
    let weekly = lake.run("routes weekly").lines.dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    for (region, trips) in [("Hamburg", 28), ("Prague", 34), ("Turin", 38)] {
      let own = weekly.filter { $0[0] == region }
      #expect(own.map { $0[1] } == ["1", "2", "3"])
      #expect(own.reduce(0) { $0 + (Int($1[6]) ?? 0) } == trips)
    }
    let grouped = lake.run("query --region Turin --group-by route").lines
    #expect(grouped.count == 4 && grouped[0] == "route,count")
    let first = lake.run("query --region Turin --route 1").lines.last
    #expect(first.map { "1,\($0)" } == grouped[1])
    #expect(lake.run("query --route none").lines.last == "0")
    #expect(lake.run("query --route x").exitCode == .usage)
    #expect(lake.run("query --group-by route,origin_cell").exitCode == .usage)
    #expect(lake.run("routes fit --region Turin --k 1").exitCode == .done)
    #expect(lake.run("routes list").lines.count == 8)
    #expect(lake.run("changes").messages.contains("routes of 1 region changed"))
    #expect(lake.run("loads").lines.last?.split(separator: ",")[1] == "routes")
    #expect(
      lake.run("events --type maintenance.done --format ndjson").output
        .contains(#""task":"routes""#))
  }

  @Test(arguments: [
    "routes fit --k 0", "routes fit --k 1001", "routes fit --sample some", "routes fit --seed x",
    "routes fit --region Pargue", "routes",
  ])
  func misuse(line: String) {
    #expect(lake.run(line).exitCode == .usage)
  }
}
