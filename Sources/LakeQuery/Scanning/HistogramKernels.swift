internal import LakeColumns

/// Loops that tally the selected rows of a block by the part of the week in which they start and by their
/// source: `index = part * textCount + text`.
///
/// Safe because every index is proven to be below the product of parts and texts before it is used: the part
/// by `WeekParts`, the text by the largest of the block.
enum HistogramKernels {
  /// What a block's rows are told apart by.
  struct Rows {
    let times: DecodedPage?
    /// `nil` where times are not told apart.
    let parts: WeekParts?
    /// The zone's offset at every row in seconds, or `nil` to look up each.
    let offset: Int?
    let texts: DecodedPage?
    /// 1 without texts.
    let textCount: Int

    var tallyCount: Int { Int(parts?.count ?? 1) * textCount }
  }

  /// Replaces `indices` by the index of each row.
  ///
  /// - Returns: Whether every time lay in its week and every text in the dictionary; if not, the indices are
  ///   void.
  static func setIndices(_ rows: Rows, rowCount: Int, to indices: inout RowIndices) -> Bool {
    precondition(rows.tallyCount <= Int(UInt32.max))
    let areTimesSet = rows.parts != nil && rows.times != nil
    indices.resize(to: rowCount, limit: rows.tallyCount, setsAll: areTimesSet)
    if let parts = rows.parts, let times = rows.times {
      precondition(times.words.count == rowCount)
      if let offset = rows.offset, let texts = rows.texts {
        precondition(texts.words.count == rowCount)
        return set(
          times.words, parts, offset: offset, texts.words, textCount: rows.textCount,
          to: &indices.values)
      }
      let isInside =
        if let offset = rows.offset {
          set(times.words, parts, offset: offset, to: &indices.values)
        } else {
          set(times.words, parts, to: &indices.values)
        }
      guard isInside else { return false }
    }
    guard let texts = rows.texts else { return true }
    precondition(texts.words.count == rowCount)
    return add(texts.words, textCount: rows.textCount, to: &indices.values)
  }

  /// The two steps below in one pass.
  private static func set(
    _ times: borrowing ColumnBuffer<UInt64>, _ parts: WeekParts, offset: Int,
    _ texts: borrowing ColumnBuffer<UInt64>, textCount: Int, to indices: inout [UInt32]
  ) -> Bool {
    times.withUnsafeBufferPointer { times in
      texts.withUnsafeBufferPointer { texts in
        indices.withUnsafeMutableBufferPointer { indices in
          set(times, parts, start: parts.start(offset: offset), texts, textCount, to: indices)
        }
      }
    }
  }

  private static func set(
    _ times: UnsafeBufferPointer<UInt64>, _ parts: WeekParts, start: UInt64,
    _ texts: UnsafeBufferPointer<UInt64>, _ textCount: Int,
    to indices: UnsafeMutableBufferPointer<UInt32>
  ) -> Bool {
    let stride = UInt32(truncatingIfNeeded: textCount)
    var beyond: UInt64 = 0
    for row in 0..<indices.count {
      let microseconds = times[row] &- start
      beyond |= excess(microseconds, WeekParts.microsecondsPerWeek)
      beyond |= excess(texts[row], UInt64(textCount))
      indices[row] =
        parts.part(ofMicroseconds: microseconds) &* stride
        &+ UInt32(truncatingIfNeeded: texts[row])
    }
    return beyond >> 63 == 0
  }

  /// Has the highest bit where a number is not below a limit, which is at most 2^63; vector instructions have no
  /// comparison of such numbers.
  @inline(__always)
  private static func excess(_ number: UInt64, _ limit: UInt64) -> UInt64 {
    number | (limit &- 1 &- number)
  }

  private static func set(
    _ times: borrowing ColumnBuffer<UInt64>, _ parts: WeekParts, offset: Int,
    to indices: inout [UInt32]
  ) -> Bool {
    times.withUnsafeBufferPointer { times in
      indices.withUnsafeMutableBufferPointer { indices in
        set(times, parts, start: parts.start(offset: offset), to: indices)
      }
    }
  }

  private static func set(
    _ times: UnsafeBufferPointer<UInt64>, _ parts: WeekParts, start: UInt64,
    to indices: UnsafeMutableBufferPointer<UInt32>
  ) -> Bool {
    var beyond: UInt64 = 0
    for row in 0..<indices.count {
      let microseconds = times[row] &- start
      beyond |= excess(microseconds, WeekParts.microsecondsPerWeek)
      indices[row] = parts.part(ofMicroseconds: microseconds)
    }
    return beyond >> 63 == 0
  }

  /// As above where the clocks may change in between.
  private static func set(
    _ times: borrowing ColumnBuffer<UInt64>, _ parts: WeekParts, to indices: inout [UInt32]
  ) -> Bool {
    var latest: UInt64 = 0
    times.withUnsafeBufferPointer { times in
      ClockKernels.forEachTime(
        of: times, zone: parts.zone, offset: nil, firstDay: parts.firstDay
      ) { row, microseconds in
        latest = max(latest, microseconds)
        indices[row] = parts.part(ofMicroseconds: microseconds)
      }
    }
    return latest < WeekParts.microsecondsPerWeek
  }

  private static func add(
    _ texts: borrowing ColumnBuffer<UInt64>, textCount: Int, to indices: inout [UInt32]
  ) -> Bool {
    texts.withUnsafeBufferPointer { texts in
      indices.withUnsafeMutableBufferPointer { add(texts, textCount: textCount, to: $0) }
    }
  }

  private static func add(
    _ texts: UnsafeBufferPointer<UInt64>, textCount: Int,
    to indices: UnsafeMutableBufferPointer<UInt32>
  ) -> Bool {
    let stride = UInt32(truncatingIfNeeded: textCount)
    var beyond: UInt64 = 0
    for row in 0..<indices.count {
      beyond |= excess(texts[row], UInt64(textCount))
      indices[row] = indices[row] &* stride &+ UInt32(truncatingIfNeeded: texts[row])
    }
    return beyond >> 63 == 0
  }

  /// Adds the selected rows to the counts of their indices.
  static func count(
    _ indices: borrowing RowIndices, selection: RowSelection, counts: inout [Int]
  ) {
    precondition(indices.values.count == selection.rowCount && indices.limit <= counts.count)
    if selection.isAll {
      indices.values.withUnsafeBufferPointer { indices in
        counts.withUnsafeMutableBufferPointer { counts in
          for index in indices { counts[Int(index)] &+= 1 }
        }
      }
    } else {
      count(indices, selection: selection.bytes, counts: &counts)
    }
  }

  private static func count(
    _ indices: borrowing RowIndices, selection: borrowing ColumnBuffer<UInt8>, counts: inout [Int]
  ) {
    precondition(indices.values.count == selection.count)
    indices.values.withUnsafeBufferPointer { indices in
      selection.withUnsafeBufferPointer { selection in
        counts.withUnsafeMutableBufferPointer { counts in
          for row in 0..<selection.count { counts[Int(indices[row])] &+= Int(selection[row]) }
        }
      }
    }
  }

  /// Widens the first and last times by the selected rows; those of an index without a row stay as they were.
  static func widenTimes(
    _ indices: borrowing RowIndices, times: borrowing ColumnBuffer<UInt64>,
    selection: borrowing ColumnBuffer<UInt8>, first: inout [Int64], last: inout [Int64]
  ) {
    precondition(indices.values.count == selection.count && times.count == selection.count)
    precondition(indices.limit <= first.count && first.count == last.count)
    for row in 0..<selection.count where selection[row] == 1 {
      let time = Int64(bitPattern: times[row])
      let index = Int(indices.values[row])
      first[index] = min(first[index], time)
      last[index] = max(last[index], time)
    }
  }
}

/// Which tally each row of a block belongs to. Its memory is used again for every block.
struct RowIndices: ~Copyable {
  fileprivate(set) var values: [UInt32] = []
  /// Every index is proven to be smaller.
  private(set) var limit = 0

  /// Each is 0, or any number where all will be set.
  fileprivate mutating func resize(to count: Int, limit: Int, setsAll: Bool) {
    self.limit = limit
    if setsAll, values.count == count { return }
    values.removeAll(keepingCapacity: true)
    values.append(contentsOf: repeatElement(0, count: count))
  }
}
