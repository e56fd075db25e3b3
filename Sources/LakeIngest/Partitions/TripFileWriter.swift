internal import LakeColumns
internal import LakeFile
internal import LakeStore
internal import TripModel

/// A trip file that is written, with what the load must still know of it.
struct WrittenFile: Sendable {
  let file: StagedDataFile
  let balance: RowBalance
  /// The input file that all of its rows came from, where that file may still fail.
  let openInput: Int?
  /// Of input files that have trips with odd places in it.
  let oddPlaces: [Int: RowWarnings]
}

/// Encodes and writes trip files, at once or bit by bit; one for each thread.
final class TripFileWriter {
  private let transaction: LakeTransaction
  private var encoder: TripFileEncoder
  private(set) var written: [WrittenFile] = []

  var schema: TripSchema { encoder.schema }

  init(transaction: LakeTransaction, schema: TripSchema) {
    self.transaction = transaction
    encoder = TripFileEncoder(schema: schema)
  }

  /// The file that rows are added to: the one begun, if it accepts them; else that one ends, and another begins.
  ///
  /// - Parameter columns: What the rows have, as `TripColumns.noted` says.
  func file(
    for columns: [ColumnVector], rowCount: Int, _ begun: OpenTripFile?, fileRowLimit: Int,
    key: PartitionKey, number: UInt32, openInput: Int?
  ) throws -> OpenTripFile {
    if let begun {
      if begun.draft.rowCount + rowCount <= fileRowLimit, begun.draft.accepts(columns) {
        return begun
      }
      try finish(begun)
    }
    return OpenTripFile(try encoder.begin(key: key, columns), number: number, openInput: openInput)
  }

  /// Bytes of a file that are written together at the most, and some more.
  private static let pieceByteCount = 1 << 20

  /// Adds rows; the bytes of full blocks wait until the file is written, or there are many.
  ///
  /// - Parameters:
  ///   - columns: Accepted by the file, with its dictionaries.
  ///   - balance: Of the rows.
  func add(_ columns: [ColumnVector], _ balance: RowBalance, to file: OpenTripFile) throws {
    file.note(balance)
    try encoder.add(columns, to: file.draft)
    if encoder.waitingByteCount >= Self.pieceByteCount { try writeBytes(file) }
  }

  /// Writes the blocks that are full by rows added since the last time.
  func write(_ file: OpenTripFile) throws {
    file.noteAddition()
    try writeBytes(file)
  }

  private func writeBytes(_ file: OpenTripFile) throws {
    let offset = file.draft.byteCount
    let bytes = encoder.takeBytes(of: file.draft)
    guard bytes.count > 0 else { return }
    try transaction.write(
      bytes, at: offset, ofDataFile: file.number, key: file.draft.key,
      isEnd: file.draft.isFinished)
  }

  /// Writes a file to its end.
  func finish(_ file: OpenTripFile) throws {
    let end = try encoder.finish(file.draft)
    try writeBytes(file)
    let staged = transaction.stage(end, key: file.draft.key, number: file.number)
    written.append(
      WrittenFile(
        file: staged, balance: file.balance, openInput: file.openInput, oddPlaces: file.oddPlaces))
  }
}
