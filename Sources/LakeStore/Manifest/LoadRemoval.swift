package import LakeBytes
internal import LakeFile

/// Taking exactly one load out of a version: its trip files, and the inputs that it gives back.
package struct LoadRemoval: Sendable {
  package let load: UInt64
  /// Indices of the load's trip files in the version.
  package let files: [Int]
  package private(set) var rowCount: UInt64 = 0
  package private(set) var byteCount: UInt64 = 0
  /// What the row-hash sum of the lake loses.
  package private(set) var rowHashSum = Digest128.zero
  /// The inputs that may be loaded again afterwards.
  package let inputs: [InputRecord]
  /// Loads of the load's rejects, mended; they are loads of their own and stay.
  package let replays: [UInt64]
  /// The load that has undone it already; there is nothing to take out then.
  package let undoneBy: UInt64?

  /// - Throws: `StoreError.unknownLoad`, and `.cannotUndo` for a load that is itself an undo.
  package init(_ load: UInt64, from head: Manifest) throws(StoreError) {
    let loads = try head.loads()
    guard let record = loads.first(where: { $0.load == load }) else {
      throw .unknownLoad(load, known: loads.map(\.load), snapshot: head.version)
    }
    guard record.kind != .repair else {
      throw StoreError(.cannotUndo, path: "", "load \(load) is a repair and added nothing")
    }
    guard record.kind != .areas else {
      throw StoreError(
        .cannotUndo, path: "",
        "load \(load) changed areas and added no trips; area add and area remove change them again")
    }
    guard record.kind != .routes else {
      throw StoreError(
        .cannotUndo, path: "",
        "load \(load) fitted routes and added no trips; routes fit finds others")
    }
    guard record.kind != .undo else {
      throw StoreError(
        .cannotUndo, path: "",
        "load \(load) is itself an undo, of load \(record.undoneLoad ?? 0); load its files again instead"
      )
    }
    self.load = load
    let undone = Set(loads.compactMap(\.undoneLoad))
    replays = loads.filter { $0.replayedLoad == load && !undone.contains($0.load) }.map(\.load)
    undoneBy = loads.first { $0.undoneLoad == load }?.load
    let names = try head.names()
    files = (0..<head.fileCount).filter { names.loads[$0] == load }
    inputs = undoneBy == nil ? try head.inputHistory().filter { $0.load == load } : []
    for file in files {
      rowCount += UInt64(head.rowCount(ofFile: file))
      byteCount += UInt64(head.byteCount(ofFile: file))
      rowHashSum = rowHashSum &+ names.rowHashSum(ofFile: file)
    }
  }

  /// What the load's record says of the removal.
  package var subject: LoadSubject {
    LoadSubject(load: load, removedRowCount: rowCount, removedFileCount: UInt64(files.count))
  }
}

extension StoreError {
  /// - Parameter known: Ascending.
  package static func unknownLoad(
    _ load: UInt64, known: [UInt64], snapshot: UInt64
  ) -> StoreError {
    let there = known.isEmpty ? "none yet" : NumberRuns.text(known, near: load)
    return StoreError(
      .unknownLoad, path: "",
      "there is no load \(load) in snapshot \(snapshot); there are: \(there)")
  }
}
