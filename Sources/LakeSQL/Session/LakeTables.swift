/// The tables of a lake, made known to a connection.
package struct LakeTables {
  private let context: SQLContext
  private let host: TableHost

  init(_ context: SQLContext, _ host: TableHost) {
    self.context = context
    self.host = host
  }

  /// - Parameter schema: `main` or `temp`, in which the tables appear.
  /// - Throws: `SQLError`.
  func register(on connection: SQLConnection, schema: String) throws {
    let context = context
    let trips = TripsTable(context)
    guard
      VirtualModule.register("triplake_trips", on: connection.database, host, { _ in trips })
    else { throw SQLError(.failed, "the tables of the lake cannot be made") }
    try run("CREATE VIRTUAL TABLE \(schema).trips USING triplake_trips", on: connection)
  }

  private func run(_ sql: String, on connection: SQLConnection) throws {
    let text = Array(sql.utf8)
    var position = 0
    while let statement = try connection.prepare(text, from: &position) {
      while try statement.advance() {}
    }
  }
}
