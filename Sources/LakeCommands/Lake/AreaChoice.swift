internal import LakeQuery
internal import TripModel

/// The named areas of a lake, and those of them that an option names.
enum AreaChoice {
  private static let byteLimit = 16 << 20

  /// The areas that `--area` names, or all where it names none.
  ///
  /// - Throws: `CommandError` 5006 where there is no file of areas; `QueryError` for its text and for names.
  static func areas(_ raw: RawOptions, lakePath: String) throws -> [Area] {
    let file = try load(raw, lakePath: lakePath)
    let names = raw.values("area")
    guard !names.isEmpty else { return file.areas }
    return try names.map { name throws(QueryError) in try file.area(named: ByteString(name)) }
  }

  /// The areas of the lake; none where there is no file of areas and none is asked for.
  static func areasIfAny(_ raw: RawOptions, lakePath: String) throws -> [Area] {
    guard raw.has("areas") || defaultPath(lakePath: lakePath) != nil else { return [] }
    return try load(raw, lakePath: lakePath).areas
  }

  private static func load(_ raw: RawOptions, lakePath: String) throws -> AreaFile {
    let path = try path(raw, lakePath: lakePath)
    let bytes: [UInt8]
    do throws(SystemDoor.Failure) {
      bytes = try SystemDoor.readFile(path, limit: byteLimit)
    } catch {
      throw missing("the areas cannot be read: \(error.reason)", path: path)
    }
    do throws(QueryError) {
      return try AreaFile.parse(bytes)
    } catch {
      var failure = CommandError(query: error)
      failure.place = .init(path: path, line: error.place?.line, column: error.place?.column)
      throw failure
    }
  }

  private static func path(_ raw: RawOptions, lakePath: String) throws -> String {
    if let path = raw.value("areas") ?? defaultPath(lakePath: lakePath) { return path }
    throw missing("there is no areas.json in the lake's folder or the one above", path: lakePath)
  }

  private static func defaultPath(lakePath: String) -> String? {
    ["\(lakePath)/areas.json", "\(lakePath)/../areas.json"].first { SystemDoor.isFile($0) }
  }

  private static func missing(_ message: String, path: String) -> CommandError {
    var error = CommandError(5006, .usage, message)
    error.place = .init(path: path)
    error.help = [
      #"an areas.json reads {"areas": [{"name": "Centre", "box": [14.35, 50.02, 14.5, 50.11]}]}"#,
      "name one elsewhere with --areas FILE, or give the box itself with --bbox",
    ]
    return error
  }
}
