/// How many rows there are of the groups in each part of an interval, from which parts of a size that memory holds
/// are made.
struct GroupHistogram: Sendable {
  /// Some of the groups counted, and their rows.
  struct Part: Hashable, Sendable {
    let interval: GroupInterval
    let rowCount: Int
  }

  static let bucketLimit = 1024

  private let interval: GroupInterval
  /// Of the first bucket; every bucket has `width` values, but for the last, which is that of none.
  private let firstValue: Int
  private let width: Int
  private var counts: [Int]

  /// - Precondition: The layouts are of one list of keys.
  init(_ interval: GroupInterval, of layouts: [GroupLayout]) {
    self.interval = interval
    let ranges = layouts.map { $0.fields[interval.prefix.count].values }.filter { !$0.isEmpty }
    let first = max(ranges.map(\.lowerBound).min() ?? 0, interval.values.lowerBound)
    let last = min((ranges.map(\.upperBound).max() ?? 0) - 1, interval.values.upperBound)
    firstValue = first
    let valueCount = max(last - first + 1, 0)
    width = max(1, (valueCount + Self.bucketLimit - 1) / Self.bucketLimit)
    counts = [Int](repeating: 0, count: (valueCount + width - 1) / width + 1)
  }

  /// Counts the rows of some groups.
  ///
  /// - Precondition: They are groups of the interval.
  mutating func add(_ numbers: some Sequence<UInt64>, _ layout: GroupLayout) {
    let field = layout.fields[interval.prefix.count]
    let end = layout.numbers(in: GroupInterval(prefix: interval.prefix, values: .min ... .max))
    let none = field.values.count
    let shift = field.values.lowerBound - firstValue
    for number in numbers {
      let index = Int((number - end.lowerBound) / field.stride)
      counts[index == none ? counts.count - 1 : (index + shift) / width] += 1
    }
  }

  /// - Precondition: Both are of one interval and the same layouts.
  mutating func add(_ other: GroupHistogram) {
    for bucket in counts.indices { counts[bucket] += other.counts[bucket] }
  }

  /// Divides the interval: neighbouring buckets together as long as they have no more rows than told. Those
  /// without a row are left out.
  ///
  /// - Returns: Ascending. A part of more rows than told is a single bucket.
  func parts(rowLimit: Int) -> [Part] {
    var parts: [Part] = []
    var pending: (buckets: Range<Int>, rowCount: Int)?
    for (bucket, count) in counts.enumerated() where count > 0 {
      if let rest = pending, rest.rowCount + count <= rowLimit {
        pending = (rest.buckets.lowerBound..<bucket + 1, rest.rowCount + count)
        continue
      }
      if let pending { parts.append(part(pending.buckets, pending.rowCount)) }
      pending = (bucket..<bucket + 1, count)
    }
    if let pending { parts.append(part(pending.buckets, pending.rowCount)) }
    return parts
  }

  private func part(_ buckets: Range<Int>, _ rowCount: Int) -> Part {
    let last = counts.count - 1
    let first = buckets.lowerBound == last ? GroupInterval.none : value(buckets.lowerBound)
    let end =
      buckets.upperBound > last
      ? GroupInterval.none : min(value(buckets.upperBound) - 1, interval.values.upperBound)
    return Part(
      interval: GroupInterval(prefix: interval.prefix, values: first...end), rowCount: rowCount)
  }

  private func value(_ bucket: Int) -> Int { firstValue + bucket * width }
}
