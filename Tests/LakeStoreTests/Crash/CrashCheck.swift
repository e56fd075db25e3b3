import LakeBytes
import LakeFile
import LakeStore
import LakeTestSupport
import TripModel

/// Compares a lake with what it owes.
struct CrashCheck {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let model: CrashModel

  /// Opens the lake that a power cut left on `disk` and proves it against the model.
  ///
  /// - Parameter continues: Also loads what is missing, and checks again: no repair may be needed.
  func check(_ disk: CrashDisk, continues: Bool) throws {
    let machine = CrashMachine(disk: disk)
    let model = Monitor(self.model)
    let worker = CrashWorker(machine.process(0), seed: 99, model: model)
    try check(worker)
    guard continues else { return }
    guard let lake = worker.openOrCreate() else { throw Failure(description: "no lake again") }
    // A new load, and everything that was attempted once more; then one of them is taken out.
    let identities = self.model.inputs.keys.sorted() + [1000]
    for identity in identities {
      let result = worker.load(identity, into: lake)
      if case .failure(let error) = result, !(error is CrashWorker.AlreadyLoaded) {
        throw Failure(description: "load \(identity) after the crash failed: \(error)")
      }
    }
    guard case .success = worker.undo(identities[0], in: lake) else {
      throw Failure(description: "load \(identities[0]) could not be undone after the crash")
    }
    try CrashCheck(model: model.withLock { $0 }).check(worker)
    // One clean-up takes away all that was left.
    guard case .success = worker.cleanUp(lake) else {
      throw Failure(description: "no clean-up after the crash")
    }
    try CrashCheck(model: model.withLock { $0 }).check(worker)
    try checkNothingIsLeft(lake, worker.environment.fileSystem)
  }

  private func check(_ worker: CrashWorker) throws {
    let lake: Lake
    do {
      lake = try Lake.open(in: worker.environment)
    } catch {
      if error.code == .notALake && !model.isLakeKnown { return }
      throw error
    }
    let manifest = try lake.snapshot().manifest
    guard manifest.version >= model.observedVersion else {
      throw Failure(
        description: "version \(manifest.version) after \(model.observedVersion) was seen")
    }
    try checkChain(manifest, worker.environment.fileSystem)
    if let missing = model.missing { throw Failure(description: "a reader missed \(missing)") }
    if model.isClean { try checkNoOrphanIsLeft(lake) }
    let inputs = try manifest.inputs()
    let identities = inputs.map(\.identity.low)
    guard Set(identities).count == identities.count else {
      throw Failure(description: "an input is there twice: \(identities)")
    }
    for (identity, input) in model.inputs where !input.mayBeAbsent {
      guard identities.contains(identity) else {
        throw Failure(description: "\(identities) lack \(identity), which was acknowledged")
      }
    }
    for identity in identities {
      guard let input = model.inputs[identity], input.mayBePresent else {
        throw Failure(description: "\(identity) is there, never loaded or undone for certain")
      }
    }
    try checkFiles(manifest, inputs, worker.environment.fileSystem)
    try checkReports(manifest, inputs, worker.environment.fileSystem)
  }

  private func checkNoOrphanIsLeft(_ lake: Lake) throws {
    let orphans = try lake.verify().orphans
    guard orphans.isEmpty else {
      throw Failure(description: "\(orphans) are left after a clean-up")
    }
  }

  /// Also no transaction and no temporary file, whose names a power cut may bring back.
  private func checkNothingIsLeft(_ lake: Lake, _ fileSystem: any FileSystem) throws {
    try checkNoOrphanIsLeft(lake)
    let left = try [LakePath.root, .manifests, .transactions].flatMap { folder in
      try fileSystem.list(folder).map(\.name.displayText)
        .filter { folder == .transactions || $0.hasSuffix(".tmp") }
    }
    guard left.isEmpty else {
      throw Failure(description: "\(left) are left after a clean-up")
    }
  }

  /// All versions from 1 on are there, unless some were removed; each follows from the one before, and has
  /// all of its files.
  private func checkChain(_ head: Manifest, _ fileSystem: any FileSystem) throws {
    let versions = try fileSystem.list(.manifests).compactMap {
      ManifestName.version(of: $0.name)
    }
    guard model.mayHaveGaps || versions.sorted() == Array(1..<head.version + 1) else {
      throw Failure(description: "versions \(versions.sorted()) have gaps")
    }
    var digest = Digest128.zero
    var previous: UInt64 = 0
    for version in versions.sorted() {
      let path = LakePath.manifest(version)
      let manifest = try Manifest(
        opening: StoreFile(opening: path, in: fileSystem), path: path.text, version: version)
      guard manifest.parentDigest == digest || previous + 1 < version else {
        throw Failure(description: "version \(version) does not follow from its parent")
      }
      digest = manifest.digest
      previous = version
      for file in try manifest.entries() where !isThere(file.path, fileSystem) {
        throw Failure(description: "version \(version) lacks its file \(file.path.text)")
      }
    }
  }

  private func isThere(_ path: LakePath, _ fileSystem: any FileSystem) -> Bool {
    (try? StoreFile(opening: path, in: fileSystem)) != nil
  }

  private func checkFiles(
    _ manifest: Manifest, _ inputs: [InputRecord], _ fileSystem: any FileSystem
  ) throws {
    guard manifest.fileCount == inputs.count * Int(CrashLoad.fileCount) else {
      throw Failure(description: "\(manifest.fileCount) files of \(inputs.count) inputs")
    }
    for entry in try manifest.entries() {
      guard let input = inputs.first(where: { $0.load == entry.load }) else {
        throw Failure(description: "\(entry.path.text) belongs to no load")
      }
      let expected = CrashLoad.file(input.identity.low, entry.number)
      let file = try StoreFile(opening: entry.path, in: fileSystem)
      guard entry.statistics == expected.statistics, entry.footerDigest == expected.footerDigest,
        entry.key == CrashLoad.key(input.identity.low, entry.number),
        try file.read(0..<file.byteCount) == expected.bytes
      else { throw Failure(description: "\(entry.path.text) is not what was written") }
    }
  }

  private func checkReports(
    _ manifest: Manifest, _ inputs: [InputRecord], _ fileSystem: any FileSystem
  ) throws {
    let loads = try manifest.loads()
    for input in inputs {
      let reports = loads.first { $0.load == input.load }?.reports ?? []
      guard reports.count == (CrashLoad.hasReport(input.identity.low) ? 1 : 0) else {
        throw Failure(description: "load \(input.load) has \(reports.count) reports")
      }
      for report in reports {
        let file = try StoreFile(opening: report.path, in: fileSystem)
        let bytes = try file.read(0..<file.byteCount)
        guard bytes == CrashLoad.report(input.identity.low),
          report.digest == Checksum.xxh3_128(bytes)
        else { throw Failure(description: "\(report.path.text) is not what was written") }
      }
    }
  }
}
