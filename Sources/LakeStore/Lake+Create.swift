internal import LakeBytes

extension Lake {
  /// Makes a lake in the folder `path`, which is made where it is missing.
  ///
  /// The file `LAKE` appears last and whole, so a cut leaves no lake or a complete one, and the same call
  /// may simply be made again. Of several creators one wins.
  ///
  /// - Throws: `StoreError.alreadyExists` where there is a lake by now, `.cannotCreate`, `.diskFull`,
  ///   `.unknownCommitState` where it cannot be told whether the lake will last.
  package static func create(
    at path: String, settings: LakeSettings,
    fileThreadCount: Int = StoreEnvironment.usualFileThreadCount
  ) throws(StoreError) -> Lake {
    do {
      var environment = StoreEnvironment(fileSystem: try LocalFileSystem(makingRoot: path))
      environment.fileThreadCount = fileThreadCount
      return try create(in: environment, settings: settings)
    } catch let error as SystemError {
      throw StoreError(
        .cannotCreate, path: path, "cannot make the folder of the lake: \(error.reason)")
    } catch let error as StoreError {
      throw error
    } catch {
      throw StoreError(.cannotCreate, path: path, "\(error)")
    }
  }

  package static func create(
    in environment: StoreEnvironment, settings: LakeSettings
  ) throws(StoreError) -> Lake {
    let id = LakeID(high: environment.makeRandom(), low: environment.makeRandom())
    let temporary = LakePath.temporarySettings(environment.makeTransactionID())
    let lake = Lake(
      path: environment.fileSystem.displayPath, id: id, settings: settings,
      environment: environment)
    do {
      try lake.makeFolders()
      try lake.writeSettings(to: temporary)
    } catch {
      try? lake.fileSystem.remove(temporary)
      throw StoreError(error)
    }
    try lake.publishSettings(temporary)
    return lake
  }

  /// Makes all that a lake needs besides `LAKE`, and makes it last before `LAKE` can be seen.
  private func makeFolders() throws(SystemError) {
    var folders: [LakePath] = [.manifests, .data, .transactions]
    folders += ReportKind.allCases.map { .reports($0) }
    for folder in folders { try fileSystem.makeDirectoryIfMissing(folder) }
    do {
      try StoreFile(creating: .lock, in: fileSystem).close()
    } catch  where error.isExisting {
      // Left by a creator that was cut off, or another one is at work.
    }
    try fileSystem.synchronizeDirectory(.root)
  }

  private func writeSettings(to temporary: LakePath) throws(SystemError) {
    let file = try StoreFile(creating: temporary, in: fileSystem)
    try file.write(settings.encode(id: id), at: 0)
    try file.synchronize()
    try file.close()
  }

  private func publishSettings(_ temporary: LakePath) throws(StoreError) {
    do {
      try fileSystem.link(temporary, to: .settings)
    } catch {
      let hasLanded = fileSystem.isSameFile(temporary, .settings) ?? false
      if !hasLanded {
        try? fileSystem.remove(temporary)
        throw error.isExisting
          ? StoreError(.alreadyExists, path: path, "there is a lake in this folder already")
          : StoreError(error)
      }
    }
    do {
      try fileSystem.synchronizeDirectory(.root)
    } catch {
      throw StoreError(
        .unknownCommitState, path: path,
        "it cannot be told whether the new lake is on the disk (\(error.reason))")
    }
    noteDurable(0)
    try? fileSystem.remove(temporary)
  }
}
