internal import Glibc
package import LakeStore
internal import TripModel

/// What a load would do, told from the first part of each file. The lake is read alone.
///
/// The parts are loaded into a lake of their own, which the caller makes and takes away.
package struct LoadForecast: Sendable {
  /// What would become of one file.
  package struct File: Sendable {
    /// With counts of the part that was read.
    package let receipt: FileReceipt
    /// What the counts are multiplied by.
    package let scale: Double
  }

  package let files: [File]
  /// Regions and weeks in the parts.
  package let partitionCount: Int
  /// Bytes of the trip files, for the whole of the input.
  package let dataByteCount: UInt64
  /// Seconds that the whole load would take at the speed of the parts.
  package let seconds: Double

  /// Bytes of text of all parts together.
  private static let sampleByteCount = 256 << 20
  private static let largestSample = 2 << 20
  private static let smallestSample = 64 << 10

  /// - Parameters:
  ///   - lake: Where the load would go; `nil` for one that is not there yet.
  ///   - scratch: An empty lake of the same settings.
  ///   - write: Keeps a part under a name like that of its file, in a folder of its own; gives the path.
  /// - Throws: As `LoadJob.run`.
  package init(
    paths: [String], options: LoadOptions, lake: Lake?, scratch: Lake,
    write: ([UInt8], Int, String) throws -> String
  ) throws {
    let head = try lake?.snapshot().manifest
    if let schema = head?.schema { try Self.give(schema, to: scratch) }
    let known = KnownInputs(
      options.isForced ? [] : try head?.inputs() ?? [], choice: options.definitions)
    let limit = min(
      Self.largestSample, max(Self.smallestSample, Self.sampleByteCount / max(1, paths.count)))
    var settled: [Int: FileReceipt] = [:]
    var samples: [(ordinal: Int, scale: Double, path: String)] = []
    for (ordinal, path) in paths.enumerated() {
      do throws(IngestError) {
        let file = try InputFile(path: path, isInterrupted: options.isInterrupted)
        if let load = try known.load(of: file) {
          settled[ordinal] = FileReceipt(path: path, loadedBy: load)
          continue
        }
        let sample = try InputSample(file, byteCount: limit)
        samples.append((ordinal, sample.scale, try Self.keep(sample, ordinal, write)))
      } catch {
        settled[ordinal] = FileReceipt(path: path, error: error)
      }
    }
    let receipt = try LoadJob(lake: scratch, paths: samples.map(\.path), options: options).run()
    var files = settled.mapValues { File(receipt: $0, scale: 1) }
    for (sample, result) in zip(samples, receipt.files) {
      files[sample.ordinal] = File(
        receipt: result.renamed(paths[sample.ordinal]), scale: sample.scale)
    }
    self.files = paths.indices.compactMap { files[$0] }
    let manifest = try scratch.snapshot().manifest
    partitionCount = Set((0..<manifest.fileCount).map { manifest.key(ofFile: $0) }).count
    let growth = self.files.reduce(0) { $0 + Double($1.receipt.ledger.stored) * $1.scale }
    let factor = receipt.stored == 0 ? 1 : growth / Double(receipt.stored)
    dataByteCount = UInt64(Double(receipt.dataByteCount) * factor)
    seconds = receipt.seconds * factor
  }

  private static func keep(
    _ sample: InputSample, _ ordinal: Int, _ write: ([UInt8], Int, String) throws -> String
  ) throws(IngestError) -> String {
    do {
      return try write(sample.text, ordinal, sample.path)
    } catch {
      throw IngestError(.inputUnreadable, "its first part cannot be kept beside: \(error)")
    }
  }

  /// Makes the columns of a lake known to another one.
  private static func give(_ schema: TripSchema, to scratch: Lake) throws {
    guard schema != TripSchema.trips else { return }
    let transaction = try scratch.begin()
    _ = try transaction.commit { _ in
      ManifestChange(
        load: LoadRecord(
          transaction: transaction.id, startTime: 0, endTime: 0, stored: 0, rejected: 0,
          duplicates: 0), schema: schema)
    }
  }
}

extension FileReceipt {
  fileprivate init(path: String, loadedBy load: UInt64) {
    self.init(path: path)
    status = .alreadyLoaded
    earlierLoad = load
  }

  fileprivate init(path: String, error: IngestError) {
    self.init(path: path)
    self.error = error
  }

  fileprivate func renamed(_ path: String) -> FileReceipt {
    var receipt = FileReceipt(path: path)
    receipt.status = status
    receipt.error = error
    receipt.earlierLoad = earlierLoad
    receipt.byteCount = byteCount
    receipt.ledger = ledger
    receipt.definition = definition
    receipt.passedOver = passedOver
    receipt.warnings = warnings
    return receipt
  }
}
