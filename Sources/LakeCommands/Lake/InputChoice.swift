internal import LakeIngest

/// The input definitions that options name.
enum InputChoice {
  private static let byteLimit = 1 << 20

  /// Where a lake keeps definitions of its own: a file each, named `*.json`.
  private static let folder = "inputs"

  /// The definition of `--input`, a file or the name of a known one; without it, the known one that fits each file
  /// best.
  ///
  /// - Throws: `CommandError` 2016.
  static func definitions(
    _ raw: RawOptions, _ environment: CommandEnvironment
  ) throws -> DefinitionChoice {
    let known = try known(raw, environment)
    guard let name = raw.value("input") else { return .byHeader(known) }
    if let definition = known.first(where: { $0.name == name }) { return .fixed(definition) }
    return .fixed(try definition(atPath: name))
  }

  /// The definitions that the lake keeps, in the order of their files, then those that are built in.
  ///
  /// - Throws: `CommandError` 2016 for one of the lake that cannot be used.
  static func known(
    _ raw: RawOptions, _ environment: CommandEnvironment
  ) throws -> [InputDefinition] {
    let folder = try LakeChoice.path(raw, environment) + "/" + folder
    // A lake that keeps none, or that is yet to be made, has no such folder.
    let names = (try? SystemDoor.names(inFolder: folder)) ?? []
    let own = try names.filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }.map { name in
      try definition(atPath: "\(folder)/\(name)")
    }
    return own + InputDefinition.shipped
  }

  private static func definition(atPath path: String) throws -> InputDefinition {
    do {
      let json = try SystemDoor.readFile(path, limit: byteLimit)
      return try InputDefinition(json: json) { name throws(IngestError) in
        try read(name, near: path)
      }
    } catch let error as SystemDoor.Failure {
      var error = failure("the input definition cannot be read: \(error.reason)", path)
      let known = InputDefinition.shipped.map(\.name).joined(separator: ", ")
      error.help = ["--input is a file, or one of the layouts that are built in: \(known)"]
      throw error
    } catch let error as IngestError {
      throw failure(error.message, path)
    }
  }

  /// A file that a definition names, by its path from the definition's folder.
  private static func read(
    _ name: String, near definition: String
  ) throws(IngestError) -> [UInt8] {
    let folder = definition.lastIndex(of: "/").map { definition[...$0] } ?? ""
    let path = name.hasPrefix("/") ? name : folder + name
    do throws(SystemDoor.Failure) {
      return try SystemDoor.readFile(path, limit: 64 * byteLimit)
    } catch {
      throw IngestError(
        .invalidDefinition, "the file \(path) that the definition names: \(error.reason)")
    }
  }

  private static func failure(_ message: String, _ path: String) -> CommandError {
    var error = CommandError(2016, .settings, message)
    error.place = .init(path: path)
    error.unchanged = "nothing was committed"
    return error
  }
}
