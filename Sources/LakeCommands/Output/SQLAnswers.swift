internal import LakeBytes
internal import LakeQuery
internal import LakeSQL
internal import TripModel

/// Writes what the statements of a script give, row by row as SQLite finds them.
final class SQLAnswers {
  private let session: SQLSession
  private let lake: OpenLake
  private let target: OutputTarget
  private var answerCount = 0
  private(set) var rowCount = 0
  private(set) var explain = ScanExplain()

  init(_ session: SQLSession, lake: OpenLake, target: OutputTarget) {
    self.session = session
    self.lake = lake
    self.target = target
  }

  /// - Throws: `SQLError`; what a table throws; `OutputError`.
  func write(_ script: SQLScript, timeoutSeconds: Double? = nil) throws {
    var position = 0
    while true {
      let start = position
      guard
        let statement = try session.next(
          in: script.bytes, from: &position, timeoutSeconds: timeoutSeconds)
      else { break }
      let text = String(decoding: script.bytes[start..<position], as: UTF8.self)
      try write(statement, text: text)
    }
  }

  private func write(_ statement: SQLStatement, text: String) throws {
    let names = statement.columnNames
    var hasRow = try session.advance(statement)
    guard !names.isEmpty else {
      while hasRow { hasRow = try session.advance(statement) }
      return
    }
    let first = hasRow ? cells(of: statement, count: names.count) : []
    var writer = ResultWriter(header(names, first, text), to: target)
    // Answers that have no bounds of their own stand apart.
    if answerCount > 0, !target.format.isJSON { try target.output.write("\n") }
    answerCount += 1
    try writer.begin()
    if hasRow { try writer.row(first) }
    while hasRow {
      rowCount += 1
      hasRow = try session.advance(statement)
      if hasRow { try writer.row(cells(of: statement, count: names.count)) }
    }
    let read = session.takeExplain()
    explain.add(read)
    try writer.end(stats: read.json)
  }

  private func header(_ names: [String], _ first: [Cell], _ text: String) -> ResultHeader {
    let names = target.format.isJSON ? Self.distinct(names) : names
    let columns = names.enumerated().map { index, name in
      ResultColumn(name, isNumeric: index < first.count && first[index].isNumber)
    }
    let statement = String(text.drop { $0.isWhitespace })
    return lake.header(
      "triplake.sql/1", filter: [JSONMember("sql", .string(statement))], columns: columns)
  }

  /// Of columns with the same name all but the first get a number, for members of an object differ.
  static func distinct(_ names: [String]) -> [String] {
    var taken: Set<String> = []
    return names.map { name in
      var free = name
      var number = 2
      while !taken.insert(free).inserted {
        free = "\(name)_\(number)"
        number += 1
      }
      return free
    }
  }

  private func cells(of statement: SQLStatement, count: Int) -> [Cell] {
    (0..<count).map { Cell(statement.value(ofColumn: $0)) }
  }
}

extension Cell {
  /// A blob is shown by its hexadecimal digits.
  init(_ value: ResultValue) {
    self =
      switch value {
      case .null: .empty
      case .integer(let number): .integer(Int(number))
      case .real(let number): .number(number)
      case .text(let bytes): .text(ByteString(bytes: bytes))
      case .blob(let bytes): .text(ByteString(bytes: Self.hexadecimal(bytes)))
      }
  }

  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .number: true
    default: false
    }
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  }
}
