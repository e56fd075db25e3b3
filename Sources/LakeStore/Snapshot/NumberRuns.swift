/// Lists of ascending numbers as people write them: `1 to 7, 9, 12 to 30`.
package enum NumberRuns {
  /// Runs that are named; a list that has been thinned out may have thousands.
  private static let limit = 5

  /// - Parameter number: Where not all runs are named, those nearest to it are.
  package static func text(_ numbers: [UInt64], near number: UInt64) -> String {
    var runs: [ClosedRange<UInt64>] = []
    for number in numbers {
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    let shown = nearest(runs, to: number)
    let parts = shown.map { run in
      run.count == 1 ? "\(run.lowerBound)" : "\(run.lowerBound) to \(run.upperBound)"
    }
    return parts.joined(separator: ", ") + (shown.count < runs.count ? ", …" : "")
  }

  private static func nearest(
    _ runs: [ClosedRange<UInt64>], to number: UInt64
  ) -> ArraySlice<ClosedRange<UInt64>> {
    let place = runs.firstIndex { $0.upperBound >= number } ?? runs.count
    let start = max(0, min(place - limit / 2, runs.count - limit))
    return runs[start..<min(start + limit, runs.count)]
  }
}
