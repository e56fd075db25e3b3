internal import Glibc
internal import TripModel

/// The texts of the extra columns of all workers, while their rows are written.
///
/// Unchecked: codes and workers come from rows of the same workers, whose dictionaries do not change meanwhile.
final class ExtraTexts {
  let layout: ExtraLayout
  /// For each text column in the order of their places, the dictionary of each worker.
  private let dictionaries: [[ByteDictionary]]
  /// The index among the text columns of the column at each place; `nil` for other types.
  let textIndexes: [Int?]

  init(workers: [WorkerTexts], layout: ExtraLayout) {
    self.layout = layout
    let places = layout.textPlaces
    textIndexes = layout.columns.indices.map { places.firstIndex(of: $0) }
    dictionaries = places.indices.map { index in
      workers.map { $0.extras(of: layout)?[index] ?? ByteDictionary() }
    }
  }

  /// Which worker's code a value is, as one word.
  @inline(__always)
  static func word(worker: Int, code: UInt64) -> UInt64 { UInt64(worker) << 32 | code }

  @inline(__always)
  func bytes(_ word: UInt64, textIndex: Int) -> UnsafeBufferPointer<UInt8> {
    dictionaries[textIndex][Int(word >> 32)].bytes(ofCode: Int(word & 0xffff_ffff))
  }

  /// How many texts each worker has of a column.
  func counts(textIndex: Int) -> [Int] { dictionaries[textIndex].map(\.count) }

  /// Negative where the left text comes first as bytes, positive where the right one does, else 0.
  func compare(_ left: UInt64, _ right: UInt64, textIndex: Int) -> Int {
    if left == right { return 0 }
    let first = bytes(left, textIndex: textIndex)
    let second = bytes(right, textIndex: textIndex)
    let common = min(first.count, second.count)
    if common > 0, let start = first.baseAddress, let other = second.baseAddress {
      let order = memcmp(start, other, common)
      if order != 0 { return Int(order) }
    }
    return first.count - second.count
  }
}

/// How the extra words of two rows are compared: column by column, a null before any value, a text by its bytes.
struct ExtraOrder {
  let texts: ExtraTexts

  /// Negative, zero or positive. Zero means that the rows have the same values.
  func compare(
    _ left: UnsafePointer<UInt64>, _ leftWorker: Int, _ right: UnsafePointer<UInt64>,
    _ rightWorker: Int
  ) -> Int {
    for (place, textIndex) in texts.textIndexes.enumerated() {
      let bit = UInt64(1) << UInt64(place)
      let hasLeft = left[0] & bit != 0
      guard hasLeft == (right[0] & bit != 0) else { return hasLeft ? 1 : -1 }
      guard hasLeft else { continue }
      let first = left[1 + place]
      let second = right[1 + place]
      if let textIndex {
        let order = texts.compare(
          ExtraTexts.word(worker: leftWorker, code: first),
          ExtraTexts.word(worker: rightWorker, code: second), textIndex: textIndex)
        if order != 0 { return order }
      } else if first != second {
        return first < second ? -1 : 1
      }
    }
    return 0
  }
}
