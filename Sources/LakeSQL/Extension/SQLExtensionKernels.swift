internal import CSQLite
internal import Synchronization
internal import TripModel

/// The lake as an extension of another program's SQLite.
///
/// Safe because the host gives pointers that are good for the call, and its functions for as long as the process; the
/// connection outlives what is registered with it.
package enum SQLExtension {
  /// The oldest SQLite whose functions are all there: 3.26 of December 2018.
  private static let oldestVersion = 3_026_000

  /// Opens the usual lake, if there is one, and adds `triplake_open`.
  ///
  /// - Parameters:
  ///   - message: Gets the reason where the result is an error; the host frees it.
  ///   - routines: The host's `sqlite3_api_routines`.
  /// - Returns: A result code of SQLite.
  package static func begin(
    _ database: OpaquePointer?, _ message: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
    _ routines: UnsafeRawPointer?, isProcessorFit: Bool
  ) -> Int32 {
    guard let database, let routines else { return SQLITE_MISUSE }
    let lite = SQLiteRoutines(routines)
    func fail(_ text: String) -> Int32 {
      message?.pointee = lite.copy(text)
      return SQLITE_ERROR
    }
    guard isProcessorFit else {
      return fail("triplake is built for processors with AVX2 and BMI2, and this is none")
    }
    guard lite.version >= oldestVersion else { return fail("triplake needs SQLite 3.26 or newer") }
    hostRoutines.store(UInt(bitPattern: routines), ordering: .relaxed)
    let opener = HostedLake(
      SQLConnection(hosted: database, lite), programVersion: ProgramVersion.text)
    let result = lake_sqlite_add_function(
      lite.lite, database, "triplake_open", 1, Unmanaged.passRetained(opener).toOpaque(), callOpen,
      releaseOpener)
    guard result == SQLITE_OK else { return result }
    do {
      try opener.openUsual()
      return SQLITE_OK
    } catch {
      return fail(HostedLake.describe(error))
    }
  }
}

/// The host's functions, kept for calls that come without them, as `SQLITE_EXTENSION_INIT1` of C does.
private let hostRoutines = Atomic<UInt>(0)

private func releaseOpener(_ object: UnsafeMutableRawPointer?) {
  if let object { Unmanaged<HostedLake>.fromOpaque(object).release() }
}

/// `SELECT triplake_open('DIR')`: gives the number of the snapshot.
private func callOpen(
  _ context: OpaquePointer?, _ count: Int32, _ values: UnsafeMutablePointer<OpaquePointer?>?
) {
  guard let address = UnsafeRawPointer(bitPattern: hostRoutines.load(ordering: .relaxed)) else {
    return
  }
  let routines = SQLiteRoutines(address)
  guard let object = lake_sqlite_function_object(routines.lite, context) else { return }
  let result = ResultSlot(context: context, routines: routines)
  guard case .text(let path) = routines.value(values?[0]) else {
    return result.give(error: "triplake_open takes the folder of a lake")
  }
  let lake = Unmanaged<HostedLake>.fromOpaque(object).takeUnretainedValue()
  do {
    result.give(Int64(clamping: try lake.open(String(decoding: path, as: UTF8.self))))
  } catch {
    result.give(error: HostedLake.describe(error))
  }
}
