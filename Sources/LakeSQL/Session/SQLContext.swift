package import LakeQuery

/// What the tables of one connection answer from, and what they note.
package final class SQLContext {
  package let reader: LakeReader
  /// Asked before each block; true ends the statement.
  var shouldStop: () -> Bool = { false }
  /// What scans of trips read since it was last taken.
  private var explain = ScanExplain()

  package init(reader: LakeReader) {
    self.reader = reader
  }

  func note(_ scan: ScanExplain) {
    explain.add(scan)
  }

  func takeExplain() -> ScanExplain {
    defer { explain = ScanExplain() }
    return explain
  }
}
