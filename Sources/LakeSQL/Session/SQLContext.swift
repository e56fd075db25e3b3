internal import LakeBytes
internal import LakeExport
package import LakeQuery
internal import LakeStore
internal import TripModel

/// What the tables of one connection answer from, and what they note.
package final class SQLContext {
  package let reader: LakeReader
  private let programVersion: String
  let threadCount: Int
  /// Asked before each block; true ends the statement.
  var shouldStop: () -> Bool = { false }
  /// What scans of trips read since it was last taken.
  private var explain = ScanExplain()
  private var summaries: [SummaryNeeds: SummaryContent] = [:]
  private var summaryRows: [SummaryRowsKey: [[SQLValue]]] = [:]

  private struct SummaryRowsKey: Hashable {
    let table: String
    let needs: SummaryNeeds
  }

  /// - Parameter threadCount: Threads for summaries that must read trips.
  package init(reader: LakeReader, programVersion: String, threadCount: Int = 1) {
    self.reader = reader
    self.programVersion = programVersion
    self.threadCount = threadCount
  }

  func note(_ scan: ScanExplain) {
    explain.add(scan)
  }

  func takeExplain() -> ScanExplain {
    defer { explain = ScanExplain() }
    return explain
  }

  /// The rows of a summary table, those of an export of this snapshot as far as `needs` has them counted. Made once.
  ///
  /// - Throws: `StoreError` of a file that had to be read.
  func summaryRows(of table: SummaryTable, _ needs: SummaryNeeds) throws -> [[SQLValue]] {
    let key = SummaryRowsKey(table: table.name, needs: needs)
    if let known = summaryRows[key] { return known }
    let rows: [[SQLValue]]
    switch table.name {
    case SummarySchema.areas.name: rows = try reader.areas().map { SummaryContent.row(of: $0) }
    case SummarySchema.routes.name:
      rows = try reader.routeModels().flatMap { SummaryContent.rows(of: $0) }
    default: rows = try summaries(needs).rows(of: table)
    }
    summaryRows[key] = rows
    return rows
  }

  private func summaries(_ needs: SummaryNeeds) throws -> SummaryContent {
    if let known = summaries[needs] { return known }
    let content = try makeSummaries(needs)
    summaries[needs] = content
    return content
  }

  private func makeSummaries(_ needs: SummaryNeeds) throws -> SummaryContent {
    let request = SummaryRequest(
      areas: needs.contains(.areas) ? try reader.areas() : [],
      countsRoutes: needs.contains(.routes), threadCount: threadCount)
    let tables = try SummaryTables(reader, request)
    return SummaryContent(
      tables: tables,
      provenance: try SummaryProvenance(reader, programVersion: programVersion))
  }
}
