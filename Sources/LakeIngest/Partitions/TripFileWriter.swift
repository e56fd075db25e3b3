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

  /// The file that rows are added to: the one begun, if they fit it; else that one ends, and another begins.
  ///
  /// - Parameter addition: Its rows get the codes of the file.
  func file(
    for addition: inout RowAddition, _ begun: OpenTripFile?, fileRowLimit: Int, key: PartitionKey,
    number: UInt32, openInput: Int?
  ) throws -> OpenTripFile {
    if let begun {
      if begun.draft.rowCount + addition.rows.rowCount <= fileRowLimit,
        let rows = addition.rows.fitted(to: begun.draft)
      {
        addition.rows = rows
        return begun
      }
      try finish(begun)
    }
    return OpenTripFile(
      try encoder.begin(key: key, addition.rows), number: number, openInput: openInput)
  }

  /// Writes the blocks that are full by the rows.
  func add(_ addition: RowAddition, to file: OpenTripFile) throws {
    file.note(addition)
    let offset = file.draft.byteCount
    let bytes = try encoder.encode(addition.rows, in: file.draft)
    guard !bytes.isEmpty else { return }
    try transaction.write(bytes, at: offset, ofDataFile: file.number, key: file.draft.key)
  }

  /// Writes a file to its end.
  func finish(_ file: OpenTripFile, with addition: RowAddition? = nil) throws {
    if let addition { file.note(addition) }
    let encoded = try encoder.finish(file.draft, with: addition?.rows)
    let staged = try transaction.writeDataFile(encoded, key: file.draft.key, number: file.number)
    written.append(
      WrittenFile(
        file: staged, balance: file.balance, openInput: file.openInput, oddPlaces: file.oddPlaces))
  }
}
