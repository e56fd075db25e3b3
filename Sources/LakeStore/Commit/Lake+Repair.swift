/// What a repair did.
package struct RepairReport: Hashable, Sendable {
  /// The version that was made, and the one whose content it has; `nil` where the newest was sound.
  package var version: UInt64?
  package var restored: UInt64?
  /// Damaged versions that were set aside under another name, ascending.
  package var setAside: [UInt64] = []
  /// Sound versions that are newer than the restored one and no longer followed, ascending.
  package var givenUp: [UInt64] = []
}

extension Lake {
  /// Makes a lake whose newest version is damaged usable again, on explicit demand.
  ///
  /// A new version is made with the content of `target`; loads after it are not in it, and their files may be
  /// loaded again. Damaged manifests are then set aside, not removed. With a sound newest version only
  /// damaged older ones are set aside.
  ///
  /// - Parameter target: The version to go back to; `nil` changes no content.
  /// - Throws: `StoreError.damaged` where the newest version is and there is no target, `.unknownSnapshot`,
  ///   `.cannotRepair` where the newest version is sound and there is a target, `.unsupportedFormat` where a
  ///   newer program wrote it; what is wrong with the target.
  package func repair(to target: UInt64?) throws -> RepairReport {
    let lock = try acquireCommitLock()
    defer { try? lock?.close() }
    let versions = try manifestVersions()
    var report = RepairReport()
    var damaged: [UInt64] = []
    for version in versions {
      guard let damage = try damage(ofVersion: version) else { continue }
      damaged.append(version)
      if version == versions.last && target == nil { throw damage }
    }
    if let target {
      guard let last = versions.last, damaged.last == last else {
        throw StoreError(
          .cannotRepair, path: "",
          "snapshot \(versions.last ?? 0) is sound; undo takes single loads out of it")
      }
      report.version = try restore(target, as: last + 1)
      report.restored = target
      report.givenUp = versions.filter { $0 > target && !damaged.contains($0) }
    }
    try setAside(damaged)
    report.setAside = damaged
    return report
  }

  /// - Returns: `nil` where the version is sound.
  /// - Throws: Where that cannot be told.
  private func damage(ofVersion version: UInt64) throws(StoreError) -> StoreError? {
    do {
      try snapshot(version: version).manifest.proveAll()
      return nil
    } catch {
      guard error.code == .damaged else { throw error }
      return error
    }
  }

  /// Makes the version `version` with the content of an older one, all of whose files are there.
  private func restore(_ target: UInt64, as version: UInt64) throws -> UInt64 {
    let restored = try snapshot(version: target)
    let manifest = restored.manifest
    for file in 0..<manifest.fileCount { _ = try restored.openTripFile(file) }
    let transaction = try begin()
    defer { transaction.abort() }
    let now = environment.wallClockMicroseconds()
    let change = ManifestChange(
      load: LoadRecord(
        kind: .repair, transaction: transaction.id, startTime: now,
        endTime: environment.wallClockMicroseconds(), stored: 0, rejected: 0, duplicates: 0,
        subject: LoadSubject(load: target)))
    let draft = try ManifestDraft(after: manifest, applying: change, version: version)
    try transaction.make(draft)
    return version
  }

  /// Gives damaged manifests a name that is no version's.
  private func setAside(_ versions: [UInt64]) throws(StoreError) {
    guard !versions.isEmpty else { return }
    do {
      for version in versions {
        do {
          try fileSystem.link(.manifest(version), to: .damagedManifest(version))
        } catch  where error.isExisting {
          // A repair before this one was cut off.
        }
        try fileSystem.remove(.manifest(version))
      }
      try fileSystem.synchronizeDirectory(.manifests)
    } catch {
      throw StoreError(error)
    }
  }
}
