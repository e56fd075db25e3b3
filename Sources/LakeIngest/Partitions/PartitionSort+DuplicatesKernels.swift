internal import LakeFile
internal import TripModel

/// Takes duplicates out of the sorted rows.
extension PartitionSort {
  /// What stands for a row that is taken out, until `compact`.
  private static let removed = UInt64.max

  /// Takes out the rows that are equal, in every column, to a row earlier in the input.
  ///
  /// - Parameter isDroppable: Of each input file, whether its rows may be taken out.
  /// - Complexity: O(n), and O(k) comparisons in each run of k equal keys.
  func dropEqualRows(_ isDroppable: [Bool]) -> [FoundDuplicate] {
    var found: [FoundDuplicate] = []
    var start = 0
    while start < count {
      let key = entries[start] >> 32
      var end = start + 1
      while end < count, entries[end] >> 32 == key { end += 1 }
      // Equal rows are neighbours within the run.
      var first = start
      for index in start + 1..<max(end, start + 1) where !areEqual(first, index) {
        dropAllButFirst(first..<index, isDroppable, &found)
        first = index
      }
      dropAllButFirst(first..<end, isDroppable, &found)
      start = end
    }
    if !found.isEmpty { compact() }
    return found
  }

  /// Takes out the rows that are equal to one of a file.
  ///
  /// - Parameter probe: Knows the rows in memory.
  func dropRows(
    storedIn reader: TripFileReader, at place: EarlierPlace, _ probe: StoredRowProbe
  ) throws -> [FoundDuplicate] {
    var found: [FoundDuplicate] = []
    try probe.forEachEqual(in: reader) { index in
      found.append(FoundDuplicate(row: number(index), first: .stored(place)))
      entries[index] = Self.removed
    }
    return found
  }

  /// Closes the gaps that removed rows have left.
  func compact() {
    var kept = 0
    for index in 0..<count where entries[index] != Self.removed {
      entries[kept] = entries[index]
      kept += 1
    }
    count = kept
  }

  func isRemoved(_ index: Int) -> Bool { entries[index] == Self.removed }

  /// The number of the row at a place in the order, which is not removed.
  func number(_ index: Int) -> UInt32 { UInt32(truncatingIfNeeded: entries[index]) }

  private func areEqual(_ left: Int, _ right: Int) -> Bool {
    let first = blocks[number(left)]
    let second = blocks[number(right)]
    for word in TripRow.originX...TripRow.startTime where first[word] != second[word] {
      return false
    }
    return ranks.rank(first[TripRow.provenance]) == ranks.rank(second[TripRow.provenance])
      && compareExtras(entries[left], entries[right]) == 0
  }

  private func dropAllButFirst(
    _ range: Range<Int>, _ isDroppable: [Bool], _ found: inout [FoundDuplicate]
  ) {
    guard range.count > 1 else { return }
    let numbers = range.map(number)
    guard let first = numbers.min(by: { position($0) < position($1) }) else { return }
    for index in range {
      let number = number(index)
      let file = TripRow.fileOrdinal(blocks[number][TripRow.provenance])
      guard number != first, isDroppable[file] else { continue }
      found.append(FoundDuplicate(row: number, first: .row(first)))
      entries[index] = Self.removed
    }
  }

  private func position(_ number: UInt32) -> RowPosition {
    RowPosition(word: blocks.extras(number)[extraOrder.texts.layout.positionWord])
  }
}
