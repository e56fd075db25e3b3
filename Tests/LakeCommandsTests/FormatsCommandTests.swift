import LakeBytes
import LakeIngest
import LakeTestSupport
import Testing

@testable import LakeCommands

@Suite struct FormatsCommandTests {
  let folder = TemporaryFolder()

  @Test func allThatAreBuiltInAreListed() throws {
    let run = CommandRun("formats --format json")
    #expect(run.exitCode == .done)
    let json = try JSONParser.parse(Array(run.output.utf8))
    #expect(json["schema"]?.text == "triplake.formats/1")
    let rows = try #require(json["rows"]?.elements)
    #expect(rows.compactMap { $0["name"]?.text } == InputDefinition.shipped.map(\.name))
    #expect(rows.allSatisfy { $0["reads"]?.text?.isEmpty == false })
    #expect(
      rows[0]["columns"]?.text == "region, origin_coord, destination_coord, datetime, datasource")
    #expect(CommandRun("formats --format table").lines.count == rows.count + 2)
  }

  @Test(arguments: InputDefinition.shipped.map(\.name))
  func whatIsShownCanBeUsed(_ name: String) throws {
    let path = folder.path + "/mine.json"
    #expect(CommandRun(["formats", "show", name, "-o", path]).exitCode == .done)
    let shown = CommandRun(["formats", "show", name])
    #expect(shown.output == folder.contents("mine.json"))
    let definition = try InputDefinition(json: Array(shown.output.utf8))
    #expect(definition == InputDefinition.shipped.first { $0.name == name })
  }

  @Test func anUnknownNameGetsASuggestion() {
    let run = CommandRun("formats show nyc-gren")
    #expect(run.exitCode == .usage && run.messages.contains("error[TL-1012]"))
    #expect(run.messages.contains("nyc-green"))
    #expect(CommandRun("formats shwo x").exitCode == .usage)
    #expect(CommandRun("help formats").output.contains("triplake formats"))
    #expect(CommandRun("formats sniff --help").output.contains("--draft"))
  }

  @Test func theFormatThatIngestTakesComesFirst() throws {
    let run = CommandRun(["formats", "sniff", "--format", "ndjson", SampleLake.trips])
    #expect(run.exitCode == .done && run.messages.isEmpty)
    let rows = try run.lines.map { try JSONParser.parse(Array($0.utf8)) }
    #expect(rows.count == InputDefinition.shipped.count)
    #expect(rows[0]["definition"]?.text == "trips" && rows[0]["verdict"]?.text == "taken")
    #expect(rows[0]["fields_used"]?.integer == 5)
    let verdicts = Dictionary(
      uniqueKeysWithValues: rows.map { ($0["definition"]?.text ?? "", $0) })
    #expect(verdicts["uber-2014"]?["verdict"]?.text == "misfit")
    #expect(verdicts["uber-2014"]?["reason"]?.text?.contains("column lon is missing") == true)
    #expect(verdicts["generic-points"]?["verdict"]?.text == "fits")
  }

  private static let unknown =
    "Trip;x1;y1;Beginn;Preis\n1;13.40;52.51;28.05.2018 09:03;2.5\n2;13.41;52.52;29.05.2018 09:03;3\n"

  @Test func anUnknownLayoutIsDraftedAndLoadedByTheDraft() throws {
    let file = folder.file("neu.csv", Self.unknown)
    let sniffed = CommandRun(["formats", "sniff", "--format", "table", file])
    #expect(sniffed.exitCode == .nothingFound)
    #expect(sniffed.messages.contains("no layout fits \(file)"))
    #expect(sniffed.output.contains("\"D.M.YYYY h:mm\""))
    let draft = folder.path + "/neu.json"
    let drafted = CommandRun(["formats", "sniff", "--draft", file, "-o", draft])
    #expect(drafted.exitCode == .done && drafted.output.isEmpty)
    #expect(drafted.messages.contains("look at this"))
    let json = CommandRun(["formats", "sniff", "--format", "json", file])
    let drafts = try JSONParser.parse(Array(json.output.utf8))["stats"]?["drafts"]?.elements
    #expect(drafts?.count == 1 && drafts?[0]["is_complete"]?.bool == true)
    let lake = folder.path + "/lake"
    let refused = CommandRun(["ingest", "--lake", lake, file])
    #expect(refused.exitCode == .badData && refused.messages.contains("formats sniff --draft"))
    let loaded = CommandRun(["ingest", "--lake", lake, "--input", draft, file])
    #expect(loaded.exitCode == .done, "\(loaded.messages)")
    #expect(CommandRun("query --lake \(lake)").lines.last == "2")
    let held = CommandRun(["formats", "sniff", "--input", draft, file])
    #expect(held.exitCode == .done && held.lines.count == 2)
  }

  @Test func emptyAndMissingFilesAreTold() {
    let empty = folder.file("empty.csv", "\n")
    let run = CommandRun(["formats", "sniff", empty, folder.path + "/gone.csv"])
    #expect(run.exitCode == .inputMissing)
    #expect(run.output.contains("empty.csv,,empty,,the file has no record"))
    #expect(run.messages.contains("error[TL-2001]"))
    let draft = CommandRun(["formats", "sniff", "--draft", empty])
    #expect(draft.exitCode == .badData && draft.messages.contains("error[TL-2012]"))
    #expect(CommandRun(["formats", "sniff", "--draft", empty, empty]).exitCode == .usage)
    let other = folder.file("other.csv", "name,colour\nx,red\n")
    #expect(CommandRun(["formats", "sniff", "--draft", other]).exitCode == .nothingFound)
  }
}
