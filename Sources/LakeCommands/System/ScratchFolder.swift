/// A folder for what a command needs for a while, in `TMPDIR` or `/tmp`.
struct ScratchFolder {
  let path: String

  /// - Throws: `CommandError` 3051.
  init(_ environment: CommandEnvironment) throws {
    let parent = environment.variables("TMPDIR").flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    do throws(SystemDoor.Failure) {
      path = try SystemDoor.makeScratchFolder(in: parent)
    } catch {
      throw CommandError(cannotCreate: error)
    }
  }

  /// - Returns: The path of the file.
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    let file = "\(path)/\(name)"
    try SystemDoor.makeFolders(above: file)
    try SystemDoor.makeFile(file, bytes)
    return file
  }

  /// Takes away the folder and all that is in it.
  func remove() {
    SystemDoor.removeTree(path)
  }
}
