import Glibc
import LakeStore
import TripModel

@testable import LakeIngest

private let folder: String = {
  var template = Array("/dev/shm/triplake-fuzz-XXXXXX".utf8CString)
  guard mkdtemp(&template) != nil else { preconditionFailure("no folder can be made") }
  return String(cString: template)
}()

private let lake: Lake = {
  do {
    return try Lake.create(
      at: folder + "/lake",
      settings: LakeSettings(zoneName: "UTC", zoneData: TimeZoneRules.utcFile))
  } catch {
    preconditionFailure("no lake can be made: \(error)")
  }
}()

/// A file's ledger balances, its rows are those routed, and both are the same wherever chunks are cut.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  let path = folder + "/input.csv"
  guard let file = fopen(path, "w") else { preconditionFailure("no file can be made") }
  fwrite(data, 1, count, file)
  fclose(file)
  do {
    let whole = try outcome(path, chunkByteCount: 1 << 16)
    let pieces = try outcome(path, chunkByteCount: 1 + count % 64)
    precondition(whole == pieces)
  } catch {
    preconditionFailure("the file could not be read: \(error)")
  }
  return 0
}

private struct Outcome: Equatable {
  let ledger: InputLedger
  let rows: RowBalance
  let error: IngestError.Code?
}

private func outcome(_ path: String, chunkByteCount: Int) throws -> Outcome {
  guard let memory = MemoryBudget(byteCount: 128 << 20) else { preconditionFailure("a budget") }
  var options = LoadOptions(memory: memory, threadCount: 1)
  options.chunkByteCount = chunkByteCount
  let transaction = try lake.begin()
  defer { transaction.abort() }
  let ledger = LoadLedger(
    paths: [path], byteCounts: [0], options: options,
    knownInputs: KnownInputs([], choice: options.definitions),
    rejects: RejectReport(transaction: transaction))
  let reader = Monitor(
    InputReader(
      paths: [path],
      formats: InputFormats(
        options.definitions, schema: .trips, lakeZone: .utc, duplicates: .keep,
        zoneRules: options.zoneRules, originalPath: nil),
      chunkByteCount: chunkByteCount,
      knownInputs: KnownInputs([], choice: options.definitions), excluded: [:], failed: [:],
      ledger: ledger, isInterrupted: { false }))
  let worker = ConvertWorker(
    index: 0, fileCount: 1, zone: .utc, reader: reader, ledger: ledger, options: options,
    report: { _ in })
  ledger.beginEpoch()
  try worker.runEpoch()
  let file = ledger.files[0]
  precondition(file.ledger.isBalanced)
  precondition(!worker.isPending)
  if file.error == nil { precondition(UInt64(worker.balances[0].rowCount) == file.ledger.stored) }
  return Outcome(ledger: file.ledger, rows: worker.balances[0], error: file.error?.code)
}
