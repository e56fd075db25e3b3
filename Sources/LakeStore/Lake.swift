internal import LakeBytes
internal import Synchronization
internal import TripModel

/// A lake: one folder of settings, manifests and trip files. Usable from several threads.
///
/// What lies where: `formats/lake-layout/v1.md`. The commit: `LakeTransaction+Commit.swift`.
package final class Lake: Sendable {
  package let path: String
  package let id: LakeID
  package let settings: LakeSettings
  let environment: StoreEnvironment
  private let known = Mutex(KnownDurable())

  init(path: String, id: LakeID, settings: LakeSettings, environment: StoreEnvironment) {
    self.path = path
    self.id = id
    self.settings = settings
    self.environment = environment
  }

  var fileSystem: any FileSystem { environment.fileSystem }

  /// Why the promises of a lake may not hold where this one lies, for people; empty on a local disk.
  package var warnings: [String] {
    guard let local = fileSystem as? LocalFileSystem else { return [] }
    return local.warning.map { [$0] } ?? []
  }
}

/// What this process has seen reach the disk.
private struct KnownDurable {
  var hasSettings = false
  var manifestVersion: UInt64 = 0
  var hasTestedFileSystem = false
  /// What an fsync failed with: a later success of it would prove nothing.
  var failure: StoreError?
}

extension Lake {
  /// Makes sure that neither the lake's own name nor version `version` can be lost any more.
  ///
  /// Another process may have been killed between the link and the fsync that makes it last; whatever is
  /// answered or built from it must not be taken back by a power cut. A manifest keeps its temporary name
  /// until that fsync has been made, so one with a single name needs no other: a reader then waits for no
  /// disk (`formats/decisions/0010-a-manifest-with-one-name-is-durable.md`). On media that cannot be
  /// written there is nothing to lose.
  ///
  /// - Parameter manifest: Of the version; `nil` for a lake without a commit.
  func makeDurable(upTo version: UInt64, _ manifest: StoreFile?) throws(StoreError) {
    let (needsSettings, needsManifests) = try known.withLock { known throws(StoreError) in
      if let failure = known.failure { throw failure }
      return (!known.hasSettings, known.manifestVersion < version)
    }
    guard needsSettings || needsManifests else { return }
    if let manifest, try hasOneName(manifest) { return noteDurable(version) }
    if needsSettings { try synchronizeIfWritable(.root) }
    if needsManifests { try synchronizeIfWritable(.manifests) }
    noteDurable(version)
  }

  private func hasOneName(_ manifest: StoreFile) throws(StoreError) -> Bool {
    do {
      return try manifest.linkCount() == 1
    } catch {
      throw StoreError(error)
    }
  }

  func noteDurable(_ version: UInt64) {
    known.withLock { known in
      known.hasSettings = true
      known.manifestVersion = max(known.manifestVersion, version)
    }
  }

  private func synchronizeIfWritable(_ path: LakePath) throws(StoreError) {
    do {
      try fileSystem.synchronizeDirectory(path)
    } catch  where error.isReadOnly || error.isPermission {
      // Read-only media keep what they hold.
    } catch {
      let failure = StoreError(error)
      known.withLock { $0.failure = failure }
      throw failure
    }
  }

  /// Whether this call is the first to ask; the answer turns once the test has passed.
  func needsFileSystemTest() -> Bool {
    known.withLock { !$0.hasTestedFileSystem }
  }

  func noteFileSystemTest() {
    known.withLock { $0.hasTestedFileSystem = true }
  }
}
