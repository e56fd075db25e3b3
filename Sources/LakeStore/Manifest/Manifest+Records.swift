internal import LakeBytes
package import TripModel

extension Manifest {
  /// The inputs that count, in the order of their loads: an undone load has given its own back. Read and
  /// proven at each call.
  ///
  /// - Throws: `StoreError.damaged`, `StoreError.inputOutput`.
  package func inputs() throws(StoreError) -> [InputRecord] {
    let undone = Set(try loads().compactMap(\.undoneLoad))
    let all = try inputHistory()
    return undone.isEmpty ? all : all.filter { !undone.contains($0.load) }
  }

  /// All inputs ever loaded, in the order of their loads. Read and proven at each call.
  ///
  /// - Throws: `StoreError.damaged`, `StoreError.inputOutput`.
  package func inputHistory() throws(StoreError) -> [InputRecord] {
    guard let sections else { return [] }
    let (bytes, base) = try sections.load(.inputs)
    do throws(ByteError) {
      return try InputRecord.decodeAll(bytes, base: base)
    } catch {
      throw StoreError(error, path: sections.path)
    }
  }

  /// The areas that the version has, ascending by name. Read and proven at each call.
  ///
  /// - Throws: `StoreError.damaged`, `StoreError.inputOutput`.
  package func areas() throws(StoreError) -> [Area] {
    guard let sections, let (bytes, base) = try sections.loadIfThere(.areas) else { return [] }
    do throws(ByteError) {
      return try Area.decodeAll(bytes, base: base)
    } catch {
      throw StoreError(error, path: sections.path)
    }
  }

  /// The route models that the version has, ascending by region. Read and proven at each call.
  ///
  /// - Throws: `StoreError.damaged`, `StoreError.inputOutput`.
  package func routes() throws(StoreError) -> [RouteModel] {
    guard let sections, let (bytes, base) = try sections.loadIfThere(.routes) else { return [] }
    do throws(ByteError) {
      return try RouteModel.decodeAll(bytes, base: base)
    } catch {
      throw StoreError(error, path: sections.path)
    }
  }

  /// All loads, ascending by number. Read and proven at each call.
  ///
  /// - Throws: `StoreError.damaged`, `StoreError.inputOutput`.
  package func loads() throws(StoreError) -> [LoadRecord] {
    guard let sections else { return [] }
    let (bytes, base) = try sections.load(.loads)
    do throws(ByteError) {
      return try LoadRecord.decodeAll(bytes, base: base)
    } catch {
      throw StoreError(error, path: sections.path)
    }
  }
}

extension Manifest {
  /// Proves also the sections that queries may leave alone.
  ///
  /// - Throws: `StoreError.damaged`, `StoreError.inputOutput`.
  package func proveAll() throws(StoreError) {
    _ = try names()
    _ = try extents()
    _ = try fileSources()
    try proveRegionSources()
    _ = try inputHistory()
    _ = try loads()
    _ = try areas()
    _ = try routes()
  }
}

extension LoadKind {
  /// Whether loads of this kind take in files of their own.
  package var addsTrips: Bool { self == .ingest || self == .replay }

  /// Whether loads of this kind are about one before them.
  package var hasSubject: Bool { self == .undo || self == .replay || self == .repair }
}

extension LoadRecord {
  /// The load that this one took out.
  package var undoneLoad: UInt64? { kind == .undo ? subject?.load : nil }

  /// The load whose rejects this one took in.
  package var replayedLoad: UInt64? { kind == .replay ? subject?.load : nil }
}
