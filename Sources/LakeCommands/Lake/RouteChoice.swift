internal import LakeQuery
internal import TripModel

/// The routes of a lake, where a command needs some.
enum RouteChoice {
  /// - Throws: `CommandError` 5009 where the lake has none.
  static func models(_ reader: LakeReader) throws -> [RouteModel] {
    let models = try reader.routeModels()
    guard models.isEmpty else { return models }
    var error = CommandError(5009, .usage, "the lake has no routes")
    error.help = ["triplake routes fit finds them"]
    throw error
  }
}
