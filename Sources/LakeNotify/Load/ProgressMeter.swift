/// Makes rate, share and time left out of how far a load has come.
///
/// Reading is most of a load, and the bytes read measure it. Writing out the last rows and committing have
/// a weight of their own, so that 100 % is never shown before the end.
package struct ProgressMeter {
  /// The share of the whole at which all input is read, and at which the commit begins.
  package static let readShare = 0.9
  package static let commitShare = 0.97
  /// The rate is that of the last seconds.
  private static let windowSeconds = 5.0

  private struct Sample {
    let seconds: Double
    let byteCount: UInt64
  }

  private let totalByteCount: UInt64?
  private var samples = [Sample(seconds: 0, byteCount: 0)]
  private var largestShare = 0.0

  /// - Parameter totalByteCount: Bytes of all inputs; `nil` where that is not known.
  package init(totalByteCount: UInt64?) {
    self.totalByteCount = totalByteCount
  }

  /// - Parameters:
  ///   - seconds: Since the load began; never less than at the call before.
  ///   - writtenShare: While rows are written: how much of those in memory is.
  package mutating func report(
    _ phase: ProgressReport.Phase, path: String, doneByteCount: UInt64, rowCount: UInt64,
    seconds: Double, writtenShare: Double? = nil
  ) -> ProgressReport {
    let rate = rate(seconds: seconds, byteCount: doneByteCount)
    let share = share(phase, doneByteCount, writtenShare ?? 0)
    return ProgressReport(
      phase: phase, path: path, doneByteCount: doneByteCount, totalByteCount: totalByteCount,
      share: share, rowCount: rowCount, seconds: seconds, bytesPerSecond: rate,
      secondsLeft: secondsLeft(phase, doneByteCount, rate: rate, seconds: seconds))
  }

  /// Bytes a second in the last seconds, or since the start where there are fewer.
  private mutating func rate(seconds: Double, byteCount: UInt64) -> Double {
    while samples.count > 1, samples[1].seconds <= seconds - Self.windowSeconds {
      samples.removeFirst()
    }
    let first = samples[0]
    if let last = samples.last, seconds - last.seconds >= Self.windowSeconds / 50 {
      samples.append(Sample(seconds: seconds, byteCount: byteCount))
    }
    guard seconds > first.seconds, byteCount > first.byteCount else { return 0 }
    return Double(byteCount - first.byteCount) / (seconds - first.seconds)
  }

  /// Never goes back: while memory is written out, reading pauses.
  private mutating func share(
    _ phase: ProgressReport.Phase, _ doneByteCount: UInt64, _ writtenShare: Double
  ) -> Double? {
    guard let totalByteCount, totalByteCount > 0 else { return nil }
    var share = Self.readShare * min(1, Double(doneByteCount) / Double(totalByteCount))
    if phase == .writing, doneByteCount >= totalByteCount {
      share += (Self.commitShare - Self.readShare) * writtenShare
    }
    if phase == .committing { share = Self.commitShare }
    largestShare = max(largestShare, share)
    return largestShare
  }

  /// What is left to read at the rate of the last seconds, and then the rest in proportion.
  private func secondsLeft(
    _ phase: ProgressReport.Phase, _ doneByteCount: UInt64, rate: Double, seconds: Double
  ) -> Double? {
    guard phase == .reading, rate > 0, let totalByteCount, totalByteCount >= doneByteCount else {
      return nil
    }
    let reading = Double(totalByteCount - doneByteCount) / rate
    let rest = (seconds + reading) * (1 - Self.readShare) / Self.readShare
    return reading + rest
  }
}
