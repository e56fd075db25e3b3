internal import LakeStore

/// Which lake a command works on.
enum LakeChoice {
  static let defaultPath = "lake/data"

  /// `--lake`, else `TRIPLAKE_LAKE`, else the nearest folder upward that is a lake, else `lake/data`.
  static func path(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> String {
    if let path = raw.value("lake") ?? environment.variables("TRIPLAKE_LAKE"), !path.isEmpty {
      return path
    }
    let folders = SystemDoor.foldersUpward(from: environment.directory)
    if let lake = folders.first(where: { Lake.exists(at: $0) }) { return lake }
    return environment.directory == "." ? defaultPath : "\(environment.directory)/\(defaultPath)"
  }

  /// Opens the lake that a command reads.
  ///
  /// - Throws: `CommandError` 3001 where there is none, saying where it was looked for.
  static func open(
    _ raw: RawOptions, _ environment: CommandEnvironment, fileThreadCount: Int? = nil
  ) throws -> Lake {
    let path = try path(raw, environment)
    do {
      return try Lake.open(
        at: path,
        fileThreadCount: fileThreadCount
          ?? StoreEnvironment.usualFileThreadCount)
    } catch {
      throw error.code == .notALake ? noLake(at: path, raw, environment) : error as any Error
    }
  }

  private static func noLake(
    at path: String, _ raw: RawOptions, _ environment: CommandEnvironment
  ) -> CommandError {
    var error = CommandError(3001, .inputMissing, "there is no lake here")
    error.place = .init(path: path)
    let isNamed = raw.has("lake") || environment.variables("TRIPLAKE_LAKE") != nil
    error.help =
      isNamed ? [] : ["name it with --lake DIR or TRIPLAKE_LAKE, or work inside of its folder"]
    error.help.append("triplake init --lake DIR or ingest makes a lake")
    return error
  }
}
