internal import LakeStore

/// Every place where a lake brings something to the disk. A crash test that cannot tell when one of them
/// is left out proves nothing, so each can be switched off.
package enum SynchronizationPoint: String, Sendable, CaseIterable {
  case tripFile, weekFolder, regionFolder, dataFolder
  case report, reportFolder
  case manifest
  /// The commit's last step, after which it is acknowledged.
  case manifestsAfterLink
  /// Before a writer builds on the version of another process.
  case manifestsBeforeBuilding
  /// Before a reader answers from the version of another process.
  case manifestsByReader
  case settings
  /// The lake's folders, before `LAKE` can be seen.
  case rootBeforeSettings
  case rootAfterSettings
  /// Before anything is answered from or built on a lake that another process made.
  case rootByOpener
  /// After clean-up removed versions, before it removes the files that only they named.
  case manifestsAfterRemoval
  /// The folders of files that clean-up removed.
  case cleanedFolder
}

extension SynchronizationPoint {
  /// The point of bringing a file to the disk.
  init?(file path: LakePath) {
    switch path.components.first {
    case "data": self = .tripFile
    case "manifests": self = .manifest
    case "rejects", "duplicates": self = .report
    default:
      guard path.components.count == 1 else { return nil }
      self = .settings
    }
  }

  /// The point of bringing a folder to the disk, by what its process did before.
  init?(folder path: LakePath, process: CrashProcess) {
    if process.cleanedFolders.contains(path) {
      self = .cleanedFolder
      return
    }
    switch (path.components.first, path.components.count) {
    case ("data", 1): self = .dataFolder
    case ("data", 2): self = .regionFolder
    case ("data", 3): self = .weekFolder
    case ("rejects", _), ("duplicates", _): self = .reportFolder
    case ("manifests", _):
      if process.hasFreshManifestRemoval {
        self = .manifestsAfterRemoval
      } else if process.hasFreshManifestLink {
        self = .manifestsAfterLink
      } else {
        self = process.hasTransaction ? .manifestsBeforeBuilding : .manifestsByReader
      }
    case (nil, _):
      if process.hasFreshSettingsLink {
        self = .rootAfterSettings
      } else {
        self = process.isCreating ? .rootBeforeSettings : .rootByOpener
      }
    default: return nil
    }
  }
}
