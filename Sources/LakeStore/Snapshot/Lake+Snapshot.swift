internal import TripModel

extension Lake {
  /// A head that keeps vanishing is looked up this often.
  private static let attemptLimit = 1000

  /// The newest version, pinned: clean-up leaves it and its files alone while the snapshot lives.
  ///
  /// What a snapshot shows cannot be taken back by a power cut any more. A damaged newest version is an
  /// error, never a silent step back to the one before, which may lack acknowledged rows.
  ///
  /// - Throws: `StoreError.damaged`, `.unsupportedFormat`, `.inputOutput`, `.permissionDenied`.
  package func snapshot() throws(StoreError) -> LakeSnapshot {
    guard let (manifest, pin) = try openHead() else {
      try makeDurable(upTo: 0, nil)
      return LakeSnapshot(manifest: .empty(lakeID: id), lake: self, pin: nil)
    }
    try makeDurable(upTo: manifest.version, pin)
    return LakeSnapshot(manifest: manifest, lake: self, pin: pin)
  }

  /// An older version, or the newest, by its number; pinned like it. Version 0 is the lake before its first
  /// commit.
  ///
  /// - Throws: As `snapshot()`, and `StoreError.unknownSnapshot` with the versions that there are.
  package func snapshot(version: UInt64) throws(StoreError) -> LakeSnapshot {
    guard version > 0 else {
      try makeDurable(upTo: 0, nil)
      return LakeSnapshot(manifest: .empty(lakeID: id), lake: self, pin: nil)
    }
    for _ in 0..<Self.attemptLimit {
      guard let file = try pinManifest(version) else {
        let versions = try manifestVersions()
        guard versions.contains(version) else { throw .unknownSnapshot(version, known: versions) }
        environment.sleepMicroseconds(1000)
        continue
      }
      let manifest = try Manifest(
        opening: file, path: file.path.text, version: version, lakeID: id)
      try makeDurable(upTo: version, file)
      return LakeSnapshot(manifest: manifest, lake: self, pin: file)
    }
    throw StoreError(
      .tryAgain, path: LakePath.manifest(version).text, "another program holds this version")
  }

  /// The highest manifest under a shared lock; `nil` for a lake without a commit.
  func openHead() throws(StoreError) -> (Manifest, StoreFile)? {
    for _ in 0..<Self.attemptLimit {
      guard let version = try manifestVersions().last else { return nil }
      guard let file = try pinManifest(version) else {
        environment.sleepMicroseconds(1000)
        continue
      }
      let manifest = try Manifest(
        opening: file, path: file.path.text, version: version, lakeID: id)
      return (manifest, file)
    }
    throw StoreError(
      .tryAgain, path: LakePath.manifests.text, "the newest version keeps changing")
  }

  /// The versions that there are, ascending.
  package func manifestVersions() throws(StoreError) -> [UInt64] {
    do {
      return try fileSystem.names(in: .manifests).compactMap { ManifestName.version(of: $0.name) }
        .sorted()
    } catch  where error.isMissing {
      throw StoreError(.damaged, path: LakePath.manifests.text, "the folder is missing")
    } catch {
      throw StoreError(error)
    }
  }

  /// Opens and locks a manifest; `nil` where clean-up was at it, so that the list is to be read again.
  func pinManifest(_ version: UInt64) throws(StoreError) -> StoreFile? {
    let path = LakePath.manifest(version)
    do {
      let file = try StoreFile(opening: path, in: fileSystem)
      // Between opening and locking, clean-up may have taken the name away.
      guard try file.lock(.shared), try file.isNamed() else { return nil }
      return file
    } catch  where error.isMissing {
      return nil
    } catch  where error.isNotRegularFile {
      throw StoreError(.damaged, path: path.text, "this is not a regular file")
    } catch {
      throw StoreError(error)
    }
  }
}

extension StoreError {
  fileprivate static func unknownSnapshot(_ version: UInt64, known: [UInt64]) -> StoreError {
    let there = known.isEmpty ? "none yet" : NumberRuns.text(known, near: version)
    return StoreError(
      .unknownSnapshot, path: "", "there is no snapshot \(version); there are: \(there)")
  }
}
