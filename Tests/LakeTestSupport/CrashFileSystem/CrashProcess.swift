internal import LakeStore

/// What a crash machine knows of one process.
package struct CrashProcess: Sendable {
  let number: Int
  package var isKilled = false
  package var callCount = 0
  /// Linked a manifest, and has not brought `manifests/` to the disk since.
  var hasFreshManifestLink = false
  var hasFreshSettingsLink = false
  /// Removed a manifest, and has not brought `manifests/` to the disk since.
  var hasFreshManifestRemoval = false
  /// Folders of trip files and reports that it removed without having a transaction.
  var cleanedFolders: Set<LakePath> = []
  var transactionCount = 0
  /// Made folders of a lake, and has not linked its `LAKE` yet.
  var isCreating = false

  private static let folders: Set<String> = ["data", "rejects", "duplicates"]

  var hasTransaction: Bool { transactionCount > 0 }

  mutating func note(_ call: FileSystemCall, _ path: LakePath) {
    let first = path.components.first
    switch call {
    case .makeDirectory where first == "manifests": isCreating = true
    case .create where first == "tx": transactionCount += 1
    case .remove where first == "tx": transactionCount -= 1
    case .link where first == "manifests": hasFreshManifestLink = true
    case .link where first == "LAKE":
      hasFreshSettingsLink = true
      isCreating = false
    case .remove where path.text.hasSuffix(".man"): hasFreshManifestRemoval = true
    case .remove where !hasTransaction && Self.folders.contains(first ?? ""):
      cleanedFolders.insert(path.parent)
    case .synchronizeDirectory where cleanedFolders.remove(path) != nil: break
    case .synchronizeDirectory where first == "manifests":
      hasFreshManifestLink = false
      hasFreshManifestRemoval = false
    case .synchronizeDirectory where first == nil: hasFreshSettingsLink = false
    default: break
    }
  }
}

/// An error that a crash machine lets a call fail with.
package struct CrashFault: Sendable {
  package enum Effect: Sendable {
    case error(Int32)
    /// The call does its work and reports an error all the same.
    case lateError(Int32)
    /// A read or a write does only half of its work; other calls do all of it.
    case short
  }

  /// Counts the calls of the process from 0.
  package var callIndex: Int
  package var effect: Effect
  /// Also every later call of the same kind.
  package var lasts: Bool

  package init(callIndex: Int, effect: Effect, lasts: Bool) {
    self.callIndex = callIndex
    self.effect = effect
    self.lasts = lasts
  }
}
