internal import Glibc
internal import LakeQuery
internal import LakeStore

/// The lake behind one connection of another program.
final class HostedLake {
  private let connection: SQLConnection
  private let programVersion: String

  /// More than any folder has above it.
  private static let folderLimit = 64

  init(_ connection: SQLConnection, programVersion: String) {
    self.connection = connection
    self.programVersion = programVersion
  }

  /// Opens the lake of `TRIPLAKE_LAKE`, else the nearest folder upward that is one, else `lake/data`; nothing where
  /// there is none of these.
  ///
  /// - Throws: As `open`, also where `TRIPLAKE_LAKE` names no lake.
  func openUsual() throws {
    if let path = getenv("TRIPLAKE_LAKE").map({ String(cString: $0) }), !path.isEmpty {
      _ = try open(path)
      return
    }
    let upward = (0..<Self.folderLimit).map { count in
      count == 0 ? "." : Array(repeating: "..", count: count).joined(separator: "/")
    }
    if let path = (upward + ["lake/data"]).first(where: { Lake.exists(at: $0) }) {
      _ = try open(path)
    }
  }

  /// Makes the tables of a lake's newest snapshot those of the connection, in the schema `temp`; the tables of a lake
  /// that was open before go.
  ///
  /// - Returns: The number of the snapshot.
  /// - Throws: `StoreError`, `SQLError`.
  func open(_ path: String) throws -> UInt64 {
    let reader = try LakeReader(Lake.open(at: path))
    let context = SQLContext(reader: reader, programVersion: programVersion)
    let host = TableHost(connection.routines, describe: Self.describe)
    // Datasette sets its connections so; the tables lie in memory and go with the connection.
    let isQueryOnly = try connection.isQueryOnly()
    if isQueryOnly { try connection.run("PRAGMA query_only = OFF") }
    defer {
      // What was possible a moment ago is possible again.
      if isQueryOnly { try? connection.run("PRAGMA query_only = ON") }
    }
    try LakeTables(context, host).register(on: connection, schema: "temp")
    return reader.manifest.version
  }

  /// An error in the one line that SQLite has for it.
  static func describe(_ error: any Error) -> String {
    switch error {
    case let error as StoreError:
      let place = error.path.isEmpty ? "" : "\(error.path): "
      return "TL-\(error.code.rawValue): \(place)\(error.message)"
    case let error as SQLError: return error.message
    case let error as QueryError: return error.message
    default: return "\(error)"
    }
  }
}
