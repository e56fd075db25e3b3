internal import LakeColumns
internal import TripModel

/// Puts the rows of one partition into file order and hands them out as columns.
///
/// The order is total: place on the Hilbert curve over the extent of the partition's origins, then origin,
/// destination, time, source. Equal rows are alike in every byte, so the outcome depends on the rows alone,
/// not on the order they came in. Memory is kept from partition to partition: 24 bytes a row.
///
/// Unchecked: row pointers come from a `RowStore` that no one changes meanwhile, and every index is below
/// `count`.
final class PartitionSort {
  private let curve = HilbertCurve()
  private var rows: UnsafeMutablePointer<UnsafePointer<UInt64>>
  /// Place on the curve in the high half, index in `rows` in the low half.
  private var entries: UnsafeMutablePointer<UInt64>
  private var spare: UnsafeMutablePointer<UInt64>
  private var capacity = 0
  private(set) var count = 0

  init() {
    rows = .allocate(capacity: 1)
    entries = .allocate(capacity: 1)
    spare = .allocate(capacity: 1)
  }

  deinit {
    deallocate()
  }

  /// Forgets all rows and makes room for `rowCount`.
  func reset(rowCount: Int) {
    count = 0
    guard rowCount > capacity else { return }
    deallocate()
    capacity = rowCount
    rows = .allocate(capacity: rowCount)
    entries = .allocate(capacity: rowCount)
    spare = .allocate(capacity: rowCount)
  }

  /// Adds the rows of a slab that came from files `isIncluded` says yes to.
  ///
  /// - Precondition: room was made for them.
  func add(_ slab: RowStore.Slab, isIncluded: [Bool]) {
    precondition(count + slab.rowCount <= capacity)
    for index in 0..<slab.rowCount {
      let row = slab.words + index * TripRow.wordCount
      guard isIncluded[TripRow.fileOrdinal(row[TripRow.provenance])] else { continue }
      rows[count] = UnsafePointer(row)
      count += 1
    }
  }

  /// Sorts the rows added.
  ///
  /// - Complexity: O(n) radix passes over 32-bit keys, O(k log k) within each run of k equal keys.
  func sort(ranks: SourceRanks) {
    fillEntries()
    radixSort()
    sortRunsOfEqualKeys(ranks)
  }

  /// Writes the sorted rows of `range` into columns, in the order of `TripRow`'s words; the words of the
  /// last are source ranks.
  ///
  /// - Returns: Whether each row has a destination, and the sum that `RowBalance` makes of the rows.
  func gather(
    _ range: Range<Int>, into columns: TripColumns, ranks: SourceRanks
  ) -> (allHaveDestination: Bool, balance: RowBalance) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    columns.resize(rowCount: range.count)
    var balance = RowBalance()
    var absentCount = 0
    columns.withWords { originX, originY, destinationX, destinationY, startTime, source in
      for (target, index) in range.enumerated() {
        let row = rows[Int(UInt32(truncatingIfNeeded: entries[index]))]
        balance.add(row)
        originX[target] = row[TripRow.originX]
        originY[target] = row[TripRow.originY]
        destinationX[target] = row[TripRow.destinationX]
        destinationY[target] = row[TripRow.destinationY]
        startTime[target] = row[TripRow.startTime]
        source[target] = UInt64(ranks.rank(row[TripRow.provenance]))
        absentCount += row[TripRow.destinationX] == TripRow.absent ? 1 : 0
      }
    }
    return (absentCount == 0, balance)
  }

  private func fillEntries() {
    var minX = Double.infinity
    var minY = Double.infinity
    var maxX = -Double.infinity
    var maxY = -Double.infinity
    for index in 0..<count {
      let x = Double(bitPattern: rows[index][TripRow.originX])
      let y = Double(bitPattern: rows[index][TripRow.originY])
      minX = x < minX ? x : minX
      maxX = x > maxX ? x : maxX
      minY = y < minY ? y : minY
      maxY = y > maxY ? y : maxY
    }
    let scaleX = Self.scale(minX, maxX)
    let scaleY = Self.scale(minY, maxY)
    for index in 0..<count {
      let x = Double(bitPattern: rows[index][TripRow.originX])
      let y = Double(bitPattern: rows[index][TripRow.originY])
      let cellX = UInt32(min((x - minX) * scaleX, Self.largestCell))
      let cellY = UInt32(min((y - minY) * scaleY, Self.largestCell))
      entries[index] = UInt64(curve.position(x: cellX, y: cellY)) << 32 | UInt64(index)
    }
  }

  private static let largestCell = 65_535.0

  /// What makes cells 0 to 65,535 of the distance from the smallest to the largest coordinate; 0 where they are
  /// too near to each other to be told apart.
  private static func scale(_ minimum: Double, _ maximum: Double) -> Double {
    let scale = largestCell / (maximum - minimum)
    return scale.isFinite ? scale : 0
  }

  /// Least significant digit first, 11 bits a pass; a pass whose digit is the same in all keys is left out.
  private func radixSort() {
    let digitBitCount: UInt64 = 11
    let bucketCount = 1 << Int(digitBitCount)
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: bucketCount) { offsets in
      for shift in [UInt64(32), 43, 54] {
        offsets.initialize(repeating: 0)
        for index in 0..<count {
          offsets[Int(entries[index] >> shift) & (bucketCount - 1)] += 1
        }
        if count > 0,
          offsets[Int(entries[0] >> shift) & (bucketCount - 1)] == UInt32(truncatingIfNeeded: count)
        {
          continue
        }
        var sum: UInt32 = 0
        for bucket in 0..<bucketCount {
          let bucketSize = offsets[bucket]
          offsets[bucket] = sum
          sum += bucketSize
        }
        for index in 0..<count {
          let entry = entries[index]
          let bucket = Int(entry >> shift) & (bucketCount - 1)
          spare[Int(offsets[bucket])] = entry
          offsets[bucket] += 1
        }
        swap(&entries, &spare)
      }
    }
  }

  private func sortRunsOfEqualKeys(_ ranks: SourceRanks) {
    var start = 0
    while start < count {
      let key = entries[start] >> 32
      var end = start + 1
      while end < count, entries[end] >> 32 == key { end += 1 }
      if end - start > 1 {
        var run = UnsafeMutableBufferPointer(start: entries + start, count: end - start)
        run.sort { isBefore($0, $1, ranks) }
      }
      start = end
    }
  }

  private func isBefore(_ left: UInt64, _ right: UInt64, _ ranks: SourceRanks) -> Bool {
    let first = rows[Int(UInt32(truncatingIfNeeded: left))]
    let second = rows[Int(UInt32(truncatingIfNeeded: right))]
    for word in TripRow.originX...TripRow.destinationY where first[word] != second[word] {
      return first[word] < second[word]
    }
    if first[TripRow.startTime] != second[TripRow.startTime] {
      return Int64(bitPattern: first[TripRow.startTime])
        < Int64(bitPattern: second[TripRow.startTime])
    }
    return ranks.rank(first[TripRow.provenance]) < ranks.rank(second[TripRow.provenance])
  }

  private func deallocate() {
    rows.deallocate()
    entries.deallocate()
    spare.deallocate()
  }
}
