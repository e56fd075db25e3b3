internal import LakeStore
internal import TripModel

/// The system's time zone files.
enum ZoneFolder {
  static let path = "/usr/share/zoneinfo"

  /// The settings of a lake whose weeks are counted in the zone of this name.
  ///
  /// - Throws: `CommandError` 3060 where the system has no such zone.
  static func settings(zone name: String) throws -> LakeSettings {
    if name == ZoneName.utc.text {
      return LakeSettings(zoneName: ByteString(name), zoneData: TimeZoneRules.utcFile)
    }
    guard let checked = ZoneName(name) else { throw unknown(name) }
    let bytes: [UInt8]
    do throws(SystemDoor.Failure) {
      bytes = try SystemDoor.readFile("\(path)/\(checked.text)", limit: 1 << 20)
    } catch {
      throw unknown(name)
    }
    // The rules are read here, so that a lake never keeps some that cannot be.
    _ = try TimeZoneRules(tzif: bytes)
    return LakeSettings(zoneName: ByteString(name), zoneData: bytes)
  }

  /// The rules of the zone of this name.
  ///
  /// - Throws: As `settings(zone:)`.
  static func rules(_ zone: ZoneName) throws -> TimeZoneRules {
    try TimeZoneRules(tzif: try settings(zone: zone.text).zoneData)
  }

  private static func unknown(_ name: String) -> CommandError {
    var error = CommandError(
      3060, .usage, "there is no time zone \"\(ByteString(name).displayText)\"")
    error.help = ["zones are named as in \(path): Europe/Prague, America/New_York, UTC"]
    return error
  }
}
