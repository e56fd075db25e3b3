internal import LakeStore
internal import TripModel

/// The files that the arguments of a load mean: folders stand for what is in them, patterns that no shell has expanded
/// for what they match.
enum InputPaths {
  /// - Throws: `CommandError` 2001 for a folder without a file, 3055 for one that cannot be read.
  static func expand(_ arguments: [String]) throws -> [String] {
    try arguments.flatMap { argument -> [String] in
      if argument == "-" || SystemDoor.exists(argument) { return try files(of: argument) }
      guard argument.contains(where: { "*?[".contains($0) }) else { return [argument] }
      let matches = SystemDoor.paths(matching: argument)
      return matches.isEmpty ? [argument] : try matches.flatMap { try files(of: $0) }
    }
  }

  /// The path itself, or the files in the folder that it is.
  private static func files(of path: String) throws -> [String] {
    guard path != "-", SystemDoor.isDirectory(path) else { return [path] }
    var folder = path[...]
    while folder.count > 1, folder.last == "/" { folder = folder.dropLast() }
    let found = try files(below: String(folder))
    guard !found.isEmpty else {
      var error = CommandError(2001, .inputMissing, "there is no file in the folder")
      error.place = .init(path: path)
      error.help = ["hidden files, and those that somebody is still writing, are passed over"]
      error.unchanged = "nothing was committed"
      throw error
    }
    return found
  }

  /// All files of a folder and below, by the bytes of their paths. Hidden names, those of files that are still written,
  /// links to folders and lakes are passed over.
  private static func files(below folder: String) throws -> [String] {
    let names: [String]
    do throws(SystemDoor.Failure) {
      names = try SystemDoor.names(inFolder: folder)
    } catch {
      var failure = CommandError(3055, .inputOutput, "the folder cannot be read: \(error.reason)")
      failure.place = .init(path: folder)
      failure.unchanged = "nothing was committed"
      throw failure
    }
    let paths = try names.filter(WatchedFile.isWanted).flatMap { name -> [String] in
      let path = folder == "/" ? "/\(name)" : "\(folder)/\(name)"
      if SystemDoor.isFile(path) { return [path] }
      guard SystemDoor.isDirectory(path), !SystemDoor.isLink(path), !Lake.exists(at: path) else {
        return []
      }
      return try files(below: path)
    }
    return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
