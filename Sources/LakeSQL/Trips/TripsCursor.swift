internal import LakeColumns
internal import LakeQuery
internal import TripModel

/// A walk through the trips that a plan finds, batch by batch.
final class TripsCursor: VirtualCursor {
  private let table: TripsTable
  private var stream: RowStream?
  private var row = 0
  private var rowCount = 0
  /// For each column of the table its place in the batch; -1 for one that is not read.
  private var places: [Int] = []
  /// The text of the batch's week.
  private var week: [UInt8] = []
  private var scratch: [UInt8] = []

  init(_ table: TripsTable) {
    self.table = table
  }

  func start(plan number: Int, _ arguments: [PlanArgument]) throws {
    close()
    let plan = table.plans[number]
    let conditions = TripsConditions(plan, arguments, table.facts)
    guard !conditions.isNeverMet else { return }
    var scan = RowScan(filter: conditions.filter, columns: plan.columns)
    scan.keepsRowNumbers = true
    places = table.columns.map { column in
      column.id.flatMap { plan.columns.firstIndex(of: $0) } ?? -1
    }
    let context = table.context
    let stream = try RowStream(scan, on: context.reader)
    stream.checkpoint = {
      if context.shouldStop() { throw SQLError(.interrupted, "the statement was interrupted") }
    }
    self.stream = stream
    try nextBatch(of: stream)
  }

  func close() {
    if let stream { table.context.note(stream.explain) }
    stream = nil
    row = 0
    rowCount = 0
  }

  func next() throws {
    row += 1
    if row == rowCount, let stream { try nextBatch(of: stream) }
  }

  private func nextBatch(of stream: RowStream) throws {
    row = 0
    rowCount = 0
    guard try stream.next() else { return }
    rowCount = stream.batch.rowCount
    week.removeAll(keepingCapacity: true)
    stream.batch.key.week.append(to: &week)
  }

  var isAtEnd: Bool { row >= rowCount }

  /// The file's place in the manifest, then the row's in the file.
  var rowID: Int64 {
    guard let batch = stream?.batch else { return 0 }
    return Int64(batch.file) << 32 | Int64(batch.rowNumber(of: row))
  }

  func give(column: Int, to result: ResultSlot) {
    guard let batch = stream?.batch else { return result.giveNull() }
    let kind = table.columns[column].kind
    switch kind {
    case .region: return result.give(text: batch.key.region.bytes)
    case .week: return result.give(text: week)
    default: break
    }
    let place = places[column]
    guard place >= 0 else { return result.giveNull() }
    let values = batch.columns[place]
    guard values.isValid(row: row) else { return result.giveNull() }
    let word = values.words[row]
    switch kind {
    case .real: result.give(Double(bitPattern: word))
    case .integer, .epoch: result.give(Int64(bitPattern: word))
    case .text: result.give(text: values.dictionary[Int(word)].bytes)
    case .localTime:
      scratch.removeAll(keepingCapacity: true)
      TimestampText.appendLocal(
        microseconds: Int64(bitPattern: word), zone: table.facts.zone, to: &scratch)
      result.give(text: scratch)
    case .region, .week: result.giveNull()
    }
  }
}
