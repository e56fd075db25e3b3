internal import LakeColumns
internal import TripModel

/// Loops over the times of a block by the clocks of a zone.
///
/// Safe for the reasons that `SelectionKernels` gives. Where one offset holds for all rows, the caller has
/// looked it up once and a row costs a subtraction and a division by a constant; else the offset of each
/// row is looked up.
enum ClockKernels {
  /// Keeps the rows whose hour of the week is wanted.
  ///
  /// - Parameter offset: The offset of every row in seconds, or `nil` to look up each.
  static func keep(
    times: borrowing ColumnBuffer<UInt64>, by clock: ClockCondition, offset: Int?,
    selection: inout ColumnBuffer<UInt64>
  ) {
    precondition(selection.count == ValidityBitmap.wordCount(rowCount: times.count))
    precondition(clock.isWanted.count == WeekHours.count)
    guard let earliest = earliest(times) else { return }
    let firstDay = clock.zone.localDayNumber(ofMicroseconds: earliest)
    // Three days earlier, so that no change of the clocks leads to before the first hour.
    let monday = ISOWeek(dayNumber: firstDay - 3).firstDayNumber
    times.withUnsafeBufferPointer { times in
      clock.isWanted.withUnsafeBufferPointer { isWanted in
        selection.withUnsafeMutableBufferPointer { selection in
          var bits: UInt64 = 0
          forEachHour(of: times, zone: clock.zone, offset: offset, firstDay: monday) { row, hour in
            let bit = UInt64(isWanted[Int(truncatingIfNeeded: hour % 168)])
            bits |= bit &<< UInt64(row & 63)
            guard row & 63 == 63 || row == times.count - 1 else { return }
            selection[row >> 6] &= bits
            bits = 0
          }
        }
      }
    }
  }

  private static func earliest(_ times: borrowing ColumnBuffer<UInt64>) -> Int64? {
    times.withUnsafeBufferPointer { times in
      var earliest = Int64.max
      for time in times { earliest = min(earliest, Int64(bitPattern: time)) }
      return times.isEmpty ? nil : earliest
    }
  }

  /// Calls `body` with each row and its local hours since midnight of `firstDay`; a time before that wraps
  /// around to a number that is larger than any hour after it.
  @inline(__always)
  private static func forEachHour(
    of times: UnsafeBufferPointer<UInt64>, zone: TimeZoneRules, offset: Int?, firstDay: Int,
    _ body: (_ row: Int, _ hour: UInt64) -> Void
  ) {
    forEachTime(of: times, zone: zone, offset: offset, firstDay: firstDay) { row, microseconds in
      body(row, microseconds / 3_600_000_000)
    }
  }

  /// Calls `body` with each row and the microseconds of its local time since midnight of `firstDay`; a time
  /// before that wraps around to a large number.
  @inline(__always)
  static func forEachTime(
    of times: UnsafeBufferPointer<UInt64>, zone: TimeZoneRules, offset: Int?, firstDay: Int,
    _ body: (_ row: Int, _ microseconds: UInt64) -> Void
  ) {
    let midnight = Int64(firstDay) &* 86_400_000_000
    if let offset {
      let start = UInt64(bitPattern: midnight &- Int64(offset) &* 1_000_000)
      for row in 0..<times.count { body(row, times[row] &- start) }
    } else {
      for row in 0..<times.count {
        let time = Int64(bitPattern: times[row])
        let offset = zone.offsetSeconds(
          atSeconds: TimeZoneRules.floorDivide(time, by: 1_000_000))
        body(row, UInt64(bitPattern: time &+ Int64(offset) &* 1_000_000 &- midnight))
      }
    }
  }
}
