/// The loads of a version, and what became of each.
package struct LoadHistory: Sendable {
  package struct Entry: Sendable {
    package let record: LoadRecord
    /// The files it took in; they may be loaded again where the load is undone.
    package let inputs: [InputRecord]
    /// The load that took it out.
    package fileprivate(set) var undoneBy: UInt64?
    /// The loads that took in its rejects, ascending.
    package fileprivate(set) var replayedBy: [UInt64] = []
  }

  /// Ascending by load.
  package private(set) var entries: [Entry] = []
  private let snapshot: UInt64

  /// - Throws: `StoreError.damaged`, `.inputOutput`.
  package init(_ manifest: Manifest) throws(StoreError) {
    snapshot = manifest.version
    let inputs = Dictionary(grouping: try manifest.inputHistory(), by: \.load)
    var places: [UInt64: Int] = [:]
    for record in try manifest.loads() {
      places[record.load] = entries.count
      entries.append(Entry(record: record, inputs: inputs[record.load] ?? []))
      // Records were proven: a subject stands before those that name it.
      guard let place = (record.subject?.load).flatMap({ places[$0] }) else { continue }
      switch record.kind {
      case .undo: entries[place].undoneBy = record.load
      case .replay: entries[place].replayedBy.append(record.load)
      case .ingest, .repair, .areas, .routes: break
      }
    }
  }

  /// The loads that took in files and that no undo has taken out.
  package var standing: Set<UInt64> {
    Set(entries.filter { $0.record.kind.addsTrips && $0.undoneBy == nil }.map(\.record.load))
  }

  /// A load whose rejects may be taken in again.
  ///
  /// - Throws: `StoreError.unknownLoad`, and `.cannotReplay` where it rejected nothing or is undone.
  package func replayable(_ load: UInt64) throws(StoreError) -> Entry {
    let entry = try entry(load)
    let hindrance: String? =
      if !entry.record.kind.addsTrips {
        "it took in nothing"
      } else if let undoneBy = entry.undoneBy {
        "load \(undoneBy) has undone it; load its files again instead"
      } else if entry.record.rejected == 0 {
        "it rejected nothing"
      } else {
        nil
      }
    guard let hindrance else { return entry }
    throw StoreError(.cannotReplay, path: "", "load \(load) cannot be replayed: \(hindrance)")
  }

  /// Rows of a load's rejects that later loads took in and the lake has.
  package func recoveredRowCount(of entry: Entry) -> UInt64 {
    entries.filter { entry.replayedBy.contains($0.record.load) && $0.undoneBy == nil }
      .reduce(0) { $0 + $1.record.stored }
  }

  /// - Throws: `StoreError.unknownLoad` with the loads that there are.
  package func entry(_ load: UInt64) throws(StoreError) -> Entry {
    guard let entry = entries.first(where: { $0.record.load == load }) else {
      throw .unknownLoad(load, known: entries.map(\.record.load), snapshot: snapshot)
    }
    return entry
  }
}
