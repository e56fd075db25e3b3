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
  private var summaries: SummaryContent?
  private var summaryRows: [String: [[SQLValue]]] = [:]

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

  /// The rows of a summary table, those of an export of this snapshot. Made once.
  ///
  /// - Throws: `StoreError` of a file that had to be read.
  func summaryRows(of table: SummaryTable) throws -> [[SQLValue]] {
    if let known = summaryRows[table.name] { return known }
    let content = try summaries ?? makeSummaries()
    summaries = content
    let rows = content.rows(of: table)
    summaryRows[table.name] = rows
    return rows
  }

  private func makeSummaries() throws -> SummaryContent {
    let manifest = reader.manifest
    let tables = try SummaryTables(
      reader, SummaryRequest(areas: try reader.areas(), threadCount: threadCount))
    let lakeID = Digest128(high: manifest.lakeID.high, low: manifest.lakeID.low)
    let committedAt = try manifest.loads().last { $0.load == manifest.version }?.endTime
    return SummaryContent(
      tables: tables,
      provenance: SummaryProvenance(
        lake: lakeID.hexadecimal, digest: manifest.digest, zone: reader.zone,
        programVersion: programVersion, committedAt: committedAt))
  }
}
