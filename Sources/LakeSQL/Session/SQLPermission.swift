/// What a statement is about to do, as SQLite asks for leave.
enum SQLAction: Hashable {
  case read
  case function
  case pragma
  case transaction
  case attach
  case write
}

/// What statements may do: read, and ask what there is to read.
enum SQLPermission {
  /// Those that tell of tables and change nothing.
  static let pragmas: Set<String> = [
    "table_info", "table_xinfo", "table_list", "index_list", "index_info", "foreign_key_list",
    "function_list", "module_list", "pragma_list", "collation_list", "database_list",
    "compile_options",
  ]

  private static let refusedFunctions: Set<String> = ["load_extension", "fts3_tokenizer"]

  /// Why an action is refused; `nil` where it is not.
  ///
  /// - Parameters:
  ///   - first: The name of a pragma or table.
  ///   - second: The name of a function, or the value of a pragma.
  static func refusal(of action: SQLAction, _ first: String?, _ second: String?) -> String? {
    switch action {
    case .read, .transaction: return nil
    case .function:
      guard let second, refusedFunctions.contains(second) else { return nil }
      return "the function \(second) is not allowed here"
    case .pragma:
      guard let first, !pragmas.contains(first.lowercased()) else { return nil }
      return "PRAGMA \(first) is not allowed here"
    case .attach: return "other databases cannot be attached here"
    case .write: return "a lake is only read by SQL, and this statement would write"
    }
  }
}
