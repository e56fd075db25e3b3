import LakeExport
import LakeIngest
import LakeNotify
import LakeQuery
import LakeSQL
import LakeStore
import Testing

@testable import LakeCommands

@Suite struct ErrorCatalogueTests {
  @Test func codesAscendAndAreDistinct() {
    let codes = ErrorCatalogue.all.map(\.code)
    #expect(codes == codes.sorted())
    #expect(Set(codes).count == codes.count)
    #expect(codes.allSatisfy { (1000...9999).contains($0) })
  }

  @Test func everyErrorOfThePartsIsExplainedWithItsExitCode() throws {
    var errors: [CommandError] = []
    for code in StoreError.Code.allCases {
      errors.append(try #require(CommandError(from: StoreError(code, path: "x", "y"))))
    }
    for code in RejectedRecord.Code.allCases {
      #expect(ErrorCatalogue.all.contains { $0.code == code.rawValue }, "\(code)")
    }
    errors += IngestError.Code.allCases.map { CommandError(load: IngestError($0, "y"), path: "x") }
    let query: [QueryError.Code] = [
      .unknownRegion, .unknownArea, .emptyWeekRange, .invalidAreas, .tooManyGroups,
      .notEnoughMemory, .unknownColumn, .invalidComparison,
      .invalidAggregate, .sumTooLarge,
    ]
    errors += query.map { CommandError(query: QueryError($0, "y")) }
    let export: [ExportError.Code] = [
      .targetRefused, .targetBusy, .cannotCreate, .inputOutput, .notPermitted, .checkFailed,
      .unknownState,
    ]
    for code in export {
      errors.append(try #require(CommandError(from: ExportError(code, path: "x", "y"))))
    }
    let sql: [SQLError.Code] = [.notUnderstood, .refused, .failed, .timedOut, .interrupted]
    errors += sql.map { CommandError(sql: SQLError($0, "y")) }
    errors += NotifyError.Code.allCases.map { CommandError(notify: NotifyError($0, "y")) }
    for error in errors {
      let entry = ErrorCatalogue.all.first { $0.code == error.code }
      #expect(entry?.exitCode == error.exitCode, "\(error.label)")
    }
  }

  @Test(arguments: ErrorCatalogue.all.map(\.code))
  func explainError(code: Int) {
    let run = CommandRun("explain-error TL-\(code)")
    #expect(run.exitCode == .done)
    #expect(run.output.hasPrefix("TL-\(code): "))
    #expect(CommandRun("explain-error \(code)").output == run.output)
    #expect(CommandRun("explain-error").output.contains("TL-\(code)  "))
  }

  @Test func theTextOfAnError() {
    var error = CommandError(2031, .badData, "origin_coord is not a POINT")
    error.place = .init(path: "trips.csv", line: 120_394, column: 8)
    error.excerpt = .init(line: Array("Prague,PINT (14.4 50.0),x".utf8), at: 8)
    error.help = ["write POINT (x y)"]
    error.unchanged = "nothing was committed"
    #expect(
      error.text(isColored: false) == """
        error[TL-2031]: origin_coord is not a POINT
          --> trips.csv:120394:8
           | Prague,PINT (14.4 50.0),x
           |        ^
          help: write POINT (x y)
          nothing was committed
        """)
  }

  @Test func textFromFilesCannotMoveATerminal() {
    let hostile = "a\u{1b}[2J\u{202e}"
    var error = CommandError(2031, .badData, hostile)
    error.place = .init(path: hostile, line: 1, column: 1)
    error.excerpt = .init(line: Array(hostile.utf8), at: 1)
    error.notes = [hostile]
    error.help = [hostile]
    let text = error.text(isColored: false)
    #expect(!text.contains("\u{1b}") && !text.unicodeScalars.contains("\u{202e}"))
    #expect(text.split(separator: "\n").count == 6)
  }

  @Test func theCaretStandsUnderWideAndEscapedText() {
    let wide = CommandError.Excerpt(line: Array("東京,x".utf8), at: 8)
    #expect(wide.text == "東京,x" && wide.column == 6)
    let escaped = CommandError.Excerpt(line: [0x1b, 0x41, 0x42], at: 2)
    #expect(escaped.text == "\\x1bAB" && escaped.column == 5)
    let long = CommandError.Excerpt(line: Array(repeating: 0x61, count: 500), at: 400)
    #expect(long.column == 22 && long.text.count == 102)
    #expect(CommandError.Excerpt(line: [], at: 5).column == 1)
  }
}
