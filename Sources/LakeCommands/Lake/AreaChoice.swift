internal import LakeQuery
internal import TripModel

/// The areas of a lake, and those of them that an option names.
enum AreaChoice {
  private static let byteLimit = 256 << 20

  /// The areas that `--area` names, or all where it names none.
  ///
  /// - Throws: `CommandError` 5006 where the lake has none; `QueryError` for names.
  static func areas(_ raw: RawOptions, _ reader: LakeReader) throws -> [Area] {
    let areas = try reader.areas()
    guard !areas.isEmpty else {
      var error = CommandError(5006, .usage, "the lake has no areas")
      error.help = [
        "triplake area add NAME --bbox=W,S,E,N makes one, triplake area import FILE many",
        "or give the box itself with --bbox",
      ]
      throw error
    }
    let names = raw.values("area")
    guard !names.isEmpty else { return areas }
    return try names.map { name throws(QueryError) in try areas.area(named: ByteString(name)) }
  }

  /// The polygons of a GeoJSON file, whatever their names.
  ///
  /// - Throws: As `file`.
  static func polygons(_ path: String) throws -> [Polygon] {
    try file(path, nameProperty: nil, unnamed: "?").flatMap(\.shape.polygons)
  }

  /// The areas of a file.
  ///
  /// - Parameter unnamed: What features without a name are called; `nil` refuses them.
  /// - Throws: `CommandError` 3055 where it cannot be read; `QueryError.invalidAreas`.
  static func file(
    _ path: String, nameProperty: String?, unnamed: ByteString? = nil
  ) throws -> [Area] {
    let bytes: [UInt8]
    do throws(SystemDoor.Failure) {
      bytes = try SystemDoor.readFile(path == "-" ? "/dev/stdin" : path, limit: byteLimit)
    } catch {
      var failure = CommandError(
        error.number == SystemDoor.notFound ? 2001 : 3055,
        error.number == SystemDoor.notFound ? .inputMissing : .inputOutput,
        "the file of areas cannot be read: \(error.reason)")
      failure.place = .init(path: path)
      failure.unchanged = "nothing was committed"
      throw failure
    }
    do throws(QueryError) {
      return try AreaFile.parse(bytes, nameProperty: nameProperty, unnamed: unnamed).areas
    } catch {
      var failure = CommandError(query: error)
      failure.place = .init(path: path, line: error.place?.line, column: error.place?.column)
      failure.unchanged = "nothing was committed"
      throw failure
    }
  }
}
