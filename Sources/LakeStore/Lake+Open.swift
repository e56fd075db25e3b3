internal import LakeBytes

extension Lake {
  /// Whether the folder `path` holds a lake, well or damaged.
  package static func exists(at path: String) -> Bool {
    guard let fileSystem = try? LocalFileSystem(root: path) else { return false }
    return (try? StoreFile(opening: .settings, in: fileSystem)) != nil
  }

  /// Opens the lake in the folder `path`.
  ///
  /// - Parameter fileThreadCount: Threads that write files, and bring them and their folders to the disk.
  /// - Throws: `StoreError.notALake` where there is none, `.damaged`, `.unsupportedFormat`,
  ///   `.permissionDenied`, `.inputOutput`.
  package static func open(
    at path: String,
    fileThreadCount: Int = StoreEnvironment.usualFileThreadCount
  ) throws(StoreError) -> Lake {
    let fileSystem: LocalFileSystem
    do {
      fileSystem = try LocalFileSystem(root: path)
    } catch  where error.isMissing {
      throw StoreError(.notALake, path: path, "there is no lake in this folder")
    } catch {
      throw StoreError(error, at: path)
    }
    var environment = StoreEnvironment(fileSystem: fileSystem)
    environment.fileThreadCount = fileThreadCount
    return try open(in: environment)
  }

  package static func open(in environment: StoreEnvironment) throws(StoreError) -> Lake {
    let path = environment.fileSystem.displayPath
    let file: StoreFile
    do {
      file = try StoreFile(opening: .settings, in: environment.fileSystem)
    } catch  where error.isMissing {
      throw StoreError(.notALake, path: path, "there is no lake in this folder")
    } catch {
      throw StoreError(error)
    }
    guard file.byteCount <= LakeSettings.maximumByteCount else {
      throw StoreError(
        .damaged, path: LakePath.settings.text, "\(file.byteCount) bytes are too many")
    }
    let bytes = try file.readAll()
    do throws(ByteError) {
      let (id, settings) = try LakeSettings.decode(bytes)
      return Lake(path: path, id: id, settings: settings, environment: environment)
    } catch {
      throw StoreError(error, path: LakePath.settings.text)
    }
  }
}
