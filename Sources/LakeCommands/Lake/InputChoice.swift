internal import LakeIngest

/// The input definition that an option names.
enum InputChoice {
  private static let byteLimit = 1 << 20

  /// The definition in the file of `--input`, or `nil` where it is not given.
  ///
  /// - Throws: `CommandError` 2016.
  static func definition(_ raw: RawOptions) throws -> InputDefinition? {
    guard let path = raw.value("input") else { return nil }
    do {
      return try InputDefinition(json: try SystemDoor.readFile(path, limit: byteLimit))
    } catch let error as SystemDoor.Failure {
      throw failure("the input definition cannot be read: \(error.reason)", path)
    } catch let error as IngestError {
      throw failure(error.message, path)
    }
  }

  private static func failure(_ message: String, _ path: String) -> CommandError {
    var error = CommandError(2016, .settings, message)
    error.place = .init(path: path)
    error.unchanged = "nothing was committed"
    return error
  }
}
