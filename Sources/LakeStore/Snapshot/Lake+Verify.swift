internal import LakeBytes
internal import LakeFile
internal import TripModel

/// What `verify` found.
package struct VerificationReport: Sendable {
  /// The newest version.
  package var version: UInt64 = 0
  package var manifestCount = 0
  package var tripFileCount = 0
  /// Bytes of trip files that were read.
  package var byteCount: UInt64 = 0
  package var damages: [StoreError] = []
  /// Files that no manifest names, left by writers that were killed or that are at work. Harmless.
  package var orphans: [String] = []

  package init() {}
}

extension Lake {
  /// Reads every byte of every version of the lake. No damage reported is the proof that all is well.
  ///
  /// - Parameter progress: Called from several threads with the bytes of each trip file that is done.
  /// - Throws: Where even the list of versions cannot be read; all else stands in the report.
  package func verify(
    threadCount: Int = 1, progress: @Sendable @escaping (_ byteCount: Int) -> Void = { _ in }
  ) throws(StoreError) -> VerificationReport {
    var report = VerificationReport()
    let found = try listFiles()
    var files: [LakePath: NamedFile] = [:]
    var named: Set<LakePath> = []
    try verifyManifests(&report) { manifest, report throws(StoreError) in
      for entry in try manifest.entries() {
        files[entry.path, default: NamedFile(entry, manifest.version)].last = manifest.version
      }
      verifyReports(manifest, &report, &named)
    }
    let checked = Monitor((damages: [StoreError](), byteCount: UInt64(0)))
    let entries = files.values.map(\.entry).sorted { $0.path.text < $1.path.text }
    do {
      try WorkerGroup.forEach(entries, threadCount: threadCount) { entry in
        let damage = self.verifyTripFile(entry)
        progress(entry.statistics.byteCount)
        checked.withLock { checked in
          if let damage { checked.damages.append(damage) }
          checked.byteCount += UInt64(entry.statistics.byteCount)
        }
      }
    } catch {
      throw StoreError(wrapping: error, path: .data)
    }
    report.tripFileCount = entries.count
    let damages = checked.withLock { $0.damages }.sorted { $0.path < $1.path }
    report.damages += try withoutCleanedUp(damages, files)
    report.byteCount = checked.withLock { $0.byteCount }
    named.formUnion(files.keys)
    report.orphans = found.subtracting(named).map(\.text).sorted()
    return report
  }

  /// Every manifest by itself, and that each repeats the digest of the one before. Clean-up leaves gaps, also
  /// while this runs. One manifest is open at a time.
  private func verifyManifests(
    _ report: inout VerificationReport,
    _ body: (Manifest, inout VerificationReport) throws(StoreError) -> Void
  ) throws(StoreError) {
    var previous: (version: UInt64, digest: Digest128)?
    for version in try manifestVersions() {
      let path = LakePath.manifest(version)
      do throws(StoreError) {
        let manifest = try snapshot(version: version).manifest
        try manifest.proveAll()
        try manifest.proveUndone(path: path)
        if let previous, previous.version + 1 == version, manifest.parentDigest != previous.digest {
          throw StoreError(
            .damaged, path: path.text, offset: 40,
            "it does not follow from version \(previous.version)")
        }
        previous = (version, manifest.digest)
        try body(manifest, &report)
      } catch {
        if error.code == .unknownSnapshot { continue }
        report.damages.append(error)
      }
      report.manifestCount += 1
      report.version = version
    }
  }

  /// A missing file is no damage where clean-up has removed every version that named it.
  private func withoutCleanedUp(
    _ damages: [StoreError], _ files: [LakePath: NamedFile]
  ) throws(StoreError) -> [StoreError] {
    guard damages.contains(where: { $0.code == .missingFile }) else { return damages }
    let versions = try manifestVersions()
    let missing = files.values.filter { file in !versions.contains(where: file.isNamed) }
    let excused = Set(missing.map(\.entry.path.text))
    return damages.filter { $0.code != .missingFile || !excused.contains($0.path) }
  }

  private func verifyTripFile(_ entry: DataFileEntry) -> StoreError? {
    do {
      let reader = try openTripFile(entry)
      guard reader.key == entry.key else {
        return StoreError(
          .damaged, path: entry.path.text, "the file belongs to another region or week")
      }
      do {
        try reader.verify()
      } catch {
        throw StoreError(error)
      }
      guard reader.statistics == entry.statistics else {
        return StoreError(
          .damaged, path: entry.path.text,
          "the manifest's statistics of the file are not the file's own")
      }
      return nil
    } catch {
      return StoreError(wrapping: error, path: entry.path)
    }
  }

  /// The reports that loads left, against their digests.
  private func verifyReports(
    _ manifest: Manifest, _ report: inout VerificationReport, _ named: inout Set<LakePath>
  ) {
    for load in (try? manifest.loads()) ?? [] {
      for reference in load.reports where named.insert(reference.path).inserted {
        if let damage = damage(of: reference) { report.damages.append(damage) }
      }
    }
  }

  /// All files under `data/` and the report folders, whoever they belong to.
  private func listFiles() throws(StoreError) -> Set<LakePath> {
    var files: Set<LakePath> = []
    var folders = [LakePath.data] + ReportKind.allCases.map { LakePath.reports($0) }
    do {
      while let folder = folders.popLast() {
        for entry in try fileSystem.names(in: folder) {
          guard let path = folder.appending(found: entry.name) else { continue }
          // Trip files lie three folders deep; deeper ones are not a lake's.
          if entry.kind == .directory && path.components.count <= 3 {
            folders.append(path)
          } else {
            files.insert(path)
          }
        }
      }
      return files
    } catch {
      throw StoreError(error)
    }
  }
}

extension Manifest {
  /// Proves that nothing is left of loads that are undone.
  fileprivate func proveUndone(path: LakePath) throws(StoreError) {
    let undone = Set(try loads().compactMap(\.undoneLoad))
    for file in 0..<fileCount {
      let load = try load(ofFile: file)
      guard undone.contains(load) else { continue }
      let left = try self.path(ofFile: file).text
      throw StoreError(
        .damaged, path: path.text,
        "it has the trip file \(left) of load \(load), which is undone")
    }
  }
}

/// A trip file and the versions that name it.
private struct NamedFile {
  let entry: DataFileEntry
  let first: UInt64
  var last: UInt64

  init(_ entry: DataFileEntry, _ version: UInt64) {
    self.entry = entry
    first = version
    last = version
  }

  func isNamed(by version: UInt64) -> Bool { first <= version && version <= last }
}
