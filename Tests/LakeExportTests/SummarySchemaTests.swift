import LakeExport
import Testing

@Suite struct SummarySchemaTests {
  /// The published statements, which a database must hold word for word.
  private var golden: [String] {
    get throws {
      let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
      let text = String(
        decoding: try readFile("/\(root)/formats/summary-tables/v2.sql"), as: UTF8.self)
      return text.split(separator: ";\n").map { $0.drop { $0 == "\n" } }.map(String.init)
    }
  }

  @Test func theDatabaseHoldsThePublishedStatements() throws {
    let folder = try ExportFolder()
    _ = try SampleTables.threeRegions.export().write(to: folder.target)
    let statements = try rows(
      "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid", in: folder.target)
    let golden = try golden
    #expect(golden.count == 27)
    #expect(statements == golden.map { [.text($0)] })
    #expect(try rows("PRAGMA user_version", in: folder.target) == [[.integer(2)]])
    #expect(try rows("PRAGMA application_id", in: folder.target) == [[.integer(0x7472_6970)]])
  }

  @Test func everyColumnIsDescribedAndNoOther() throws {
    let folder = try ExportFolder()
    _ = try SampleTables.threeRegions.export().write(to: folder.target)
    let columns = try rows(
      """
      SELECT entry.name, field.name
      FROM sqlite_schema AS entry, pragma_table_info(entry.name) AS field
      WHERE entry.type IN ('table', 'view') ORDER BY 1, 2
      """, in: folder.target)
    let described = try rows(
      "SELECT table_name, column_name FROM _triplake_columns ORDER BY 1, 2", in: folder.target)
    #expect(columns == described)
    #expect(columns.count > 50)
  }

  @Test func everyTableIsStrictWithAPrimaryKey() throws {
    let folder = try ExportFolder()
    _ = try SampleTables.threeRegions.export().write(to: folder.target)
    let tables = try rows(
      """
      SELECT name, strict, (SELECT count(*) FROM pragma_table_info(list.name) WHERE pk > 0) > 0
      FROM pragma_table_list AS list
      WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name
      """, in: folder.target)
    #expect(tables.count == 13)
    #expect(tables.allSatisfy { $0[1] == .integer(1) && $0[2] == .integer(1) })
  }
}
