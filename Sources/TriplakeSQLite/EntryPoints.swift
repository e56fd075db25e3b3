internal import CVector
internal import LakeSQL

// Where SQLite begins when it loads the extension: under the one name where it is asked for none, under the other
// because of the file's name.

@_cdecl("sqlite3_extension_init")
public func beginExtension(
  _ database: OpaquePointer?, _ message: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
  _ routines: UnsafeRawPointer?
) -> Int32 {
  SQLExtension.begin(
    database, message, routines, isProcessorFit: lake_processor_fits() != 0)
}

@_cdecl("sqlite3_triplakesqlite_init")
public func beginNamedExtension(
  _ database: OpaquePointer?, _ message: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
  _ routines: UnsafeRawPointer?
) -> Int32 {
  beginExtension(database, message, routines)
}
