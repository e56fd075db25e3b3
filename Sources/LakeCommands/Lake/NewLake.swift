internal import LakeStore
internal import TripModel

/// Making a lake, for the commands that do.
enum NewLake {
  static let zoneOption = OptionDefinition(
    "zone", value: .required("ZONE"),
    "for a new lake: whose clock makes its days and weeks (Europe/Prague); default UTC")

  /// Makes a lake in the folder `path`, with the folders above it, and says so.
  ///
  /// - Throws: `CommandError` 3060 for the zone, 3003 where a folder cannot be made; `StoreError`.
  static func make(
    at path: String, fileThreadCount: Int = StoreEnvironment.usualFileThreadCount,
    _ raw: RawOptions, _ environment: CommandEnvironment
  ) throws -> Lake {
    let settings = try ZoneFolder.settings(zone: raw.value("zone") ?? ZoneName.utc.text)
    do throws(SystemDoor.Failure) {
      try SystemDoor.makeFolders(above: path)
    } catch {
      var failure = CommandError(
        3003, .cannotCreate, "the folder of the lake cannot be made: \(error.reason)")
      failure.place = .init(path: error.path)
      failure.unchanged = "nothing was committed"
      throw failure
    }
    let lake = try Lake.create(
      at: path, settings: settings, fileThreadCount: fileThreadCount)
    if !raw.has("quiet") {
      environment.say(
        "made a lake in \(ByteString(path).displayText); its weeks are those of "
          + settings.zoneName.displayText)
    }
    return lake
  }
}
