internal import LakeFile
internal import LakeStore
internal import TripModel

/// The trip files that hold what was stored before the rows in memory: those of the lake, and those that the load
/// itself has written.
struct EarlierFiles: Sendable {
  private let head: LakeSnapshot
  private let transaction: LakeTransaction
  private let ofLake: [PartitionKey: [Int]]
  private let ofLoad: [PartitionKey: [WrittenFile]]

  /// - Parameters:
  ///   - written: by the load so far; of files that failed, or may still fail beside later ones, nothing counts.
  init(
    head: LakeSnapshot, transaction: LakeTransaction, written: [WrittenFile], files: [FileAccount]
  ) {
    self.head = head
    self.transaction = transaction
    ofLake = Dictionary(grouping: 0..<head.manifest.fileCount) { head.manifest.key(ofFile: $0) }
    let valid = written.filter { file in
      file.openInput.map { files[$0].isStored || files[$0].isOpen } ?? true
    }
    ofLoad = Dictionary(grouping: valid, by: \.file.key)
  }

  /// Calls `body` with each file of a partition, those of the lake first.
  func forEach(
    of key: PartitionKey, _ body: (TripFileReader, EarlierPlace) throws -> Void
  ) throws {
    for index in ofLake[key] ?? [] { try open(index, body) }
    for file in ofLoad[key] ?? [] { try open(file, body) }
  }

  /// Calls `body` with each file, those of the lake first.
  func forEach(_ body: (TripFileReader, EarlierPlace) throws -> Void) throws {
    for index in 0..<head.manifest.fileCount { try open(index, body) }
    for file in ofLoad.values.joined() { try open(file, body) }
  }

  private func open(
    _ index: Int, _ body: (TripFileReader, EarlierPlace) throws -> Void
  ) throws {
    let reader = try head.openTripFile(index)
    let place = EarlierPlace(load: try head.manifest.load(ofFile: index), path: reader.path)
    try body(reader, place)
  }

  private func open(
    _ written: WrittenFile, _ body: (TripFileReader, EarlierPlace) throws -> Void
  ) throws {
    let reader = try transaction.openStagedFile(written.file)
    try body(reader, EarlierPlace(load: nil, path: reader.path))
  }
}
