internal import LakeExport

/// The tables and views of a lake, made known to a connection.
struct LakeTables {
  private let context: SQLContext
  private let host: TableHost

  private static let module = "triplake"

  init(_ context: SQLContext, _ host: TableHost) {
    self.context = context
    self.host = host
  }

  /// - Parameter schema: `main` or `temp`, in which the tables appear.
  /// - Throws: `SQLError`.
  func register(on connection: SQLConnection, schema: String) throws(SQLError) {
    let context = context
    let isKnown = VirtualModule.register(Self.module, on: connection.database, host) { arguments in
      try Self.table(named: arguments.first ?? "", context)
    }
    guard isKnown else { throw SQLError(.failed, "the tables of the lake cannot be made") }
    for function in SQLFunction.all {
      let isKnown = VirtualModule.register(
        function.name, isFunction: true, on: connection.database, host
      ) { _ in FunctionTable(function, context) }
      guard isKnown else { throw SQLError(.failed, "the functions of the lake cannot be made") }
    }
    for view in SummarySchema.views {
      try connection.run("DROP VIEW IF EXISTS \(schema).\(view.name)")
    }
    for name in Self.tableNames {
      try connection.run(
        """
        DROP TABLE IF EXISTS \(schema).\(name);
        CREATE VIRTUAL TABLE \(schema).\(name) USING \(Self.module)(\(name));
        """)
    }
    for view in SummarySchema.views {
      try connection.run("CREATE VIEW \(schema).\(view.name) AS \(view.query)")
    }
  }

  private static var tableNames: [String] { ["trips"] + SummarySchema.tables.map(\.name) }

  private static func table(
    named name: String, _ context: SQLContext
  ) throws(SQLError) -> any VirtualTable {
    if name == "trips" { return TripsTable(context) }
    guard let table = SummarySchema.tables.first(where: { $0.name == name }) else {
      throw SQLError(.notUnderstood, "there is no table \(name) of a lake")
    }
    return SummaryVirtualTable(table, context)
  }

  /// The names of tables, views and their columns.
  var names: [String] {
    let columns = SummarySchema.tables.map(\.columns) + SummarySchema.views.map(\.columns)
    let trips = TripsTable(context).columns.map(\.name)
    let names =
      Self.tableNames + SummarySchema.views.map(\.name) + trips
      + SQLFunction.all.map(\.name)
    return Set(names + columns.joined().map(\.name)).sorted()
  }
}
