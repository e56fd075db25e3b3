internal import LakeFile
internal import LakeStore
internal import TripModel

/// A trip file that rows can still be added to.
final class OpenTripFile {
  let draft: TripFileDraft
  /// Its number within the transaction.
  let number: UInt32
  /// The input file that all of its rows come from, where that file may still fail.
  fileprivate(set) var openInput: Int?
  private(set) var balance = RowBalance()
  private(set) var oddPlaces: [Int: RowWarnings] = [:]
  /// How many times it was written to.
  private(set) var additionCount = 0

  init(_ draft: TripFileDraft, number: UInt32, openInput: Int?) {
    self.draft = draft
    self.number = number
    self.openInput = openInput
  }

  /// Adds to what the load must still know of the rows.
  func note(_ balance: RowBalance) { self.balance += balance }

  func note(_ oddPlaces: [Int: RowWarnings]) {
    for (input, warnings) in oddPlaces { self.oddPlaces[input, default: RowWarnings()] += warnings }
  }

  func noteAddition() { additionCount += 1 }
}

/// The files of a load that are left open from one epoch to the next: one at the most for each partition and each input
/// file whose rows are kept apart.
final class OpenTripFiles: Sendable {
  private struct Place: Hashable {
    let key: PartitionKey
    let openInput: Int?
  }

  private let files = Monitor([Place: OpenTripFile]())

  func take(_ key: PartitionKey, openInput: Int?) -> OpenTripFile? {
    files.withLock { $0.removeValue(forKey: Place(key: key, openInput: openInput)) }
  }

  func put(_ file: OpenTripFile) {
    let place = Place(key: file.draft.key, openInput: file.openInput)
    files.withLock { $0[place] = file }
  }

  /// Leaves the files of an input that can no longer fail to the rows of all others.
  func settle(_ isStored: (Int) -> Bool) {
    files.withLock { files in
      for file in files.values.sorted(by: { $0.number < $1.number }) {
        let settled = Place(key: file.draft.key, openInput: nil)
        guard let input = file.openInput, isStored(input), files[settled] == nil else { continue }
        files[Place(key: file.draft.key, openInput: input)] = nil
        file.openInput = nil
        files[settled] = file
      }
    }
  }

  func takeAll() -> [OpenTripFile] {
    files.withLock { files in
      defer { files = [:] }
      return files.values.sorted { $0.number < $1.number }
    }
  }

  /// The memory that the files take, and that part of it which grows with every block.
  var memoryByteCounts: (whole: Int, footers: Int) {
    files.withLock { files in
      files.values.reduce((0, 0)) { sum, file in
        (sum.0 + file.draft.memoryByteCount, sum.1 + file.draft.footerByteCount)
      }
    }
  }
}
