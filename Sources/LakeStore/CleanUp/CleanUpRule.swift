/// Which versions a clean-up keeps: the last ones, and all that were the newest within some time.
package struct CleanUpRule: Hashable, Sendable {
  /// At least 1; the newest is never removed.
  package var versionCount: Int
  /// Microseconds.
  package var duration: Int64

  package static let usual = CleanUpRule(versionCount: 10, duration: 24 * 3600 * 1_000_000)

  package init(versionCount: Int, duration: Int64) {
    self.versionCount = max(1, versionCount)
    self.duration = max(0, duration)
  }

  /// The versions that need not be kept, ascending.
  ///
  /// A version was the newest until the next load ended; where no load tells when, it is kept.
  ///
  /// - Parameters:
  ///   - versions: Those that there are, ascending.
  ///   - loads: Those of the newest version, ascending.
  ///   - now: Microseconds since 1970-01-01 UTC.
  func expired(_ versions: [UInt64], loads: [LoadRecord], now: Int64) -> [UInt64] {
    var nextLoad = loads.startIndex
    return versions.dropLast(versionCount).filter { version in
      if duration == 0 { return true }
      while nextLoad < loads.endIndex, loads[nextLoad].load <= version { nextLoad += 1 }
      guard nextLoad < loads.endIndex else { return false }
      let (end, overflow) = loads[nextLoad].endTime.addingReportingOverflow(duration)
      return !overflow && end < now
    }
  }
}
