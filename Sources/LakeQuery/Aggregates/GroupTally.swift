/// How many trips a group has and when the first and the last of them start.
struct GroupTally: Hashable, Sendable {
  var count: Int
  /// Microseconds since 1970-01-01 UTC. Where times are not asked for, both are 0.
  var firstTime: Int64
  var lastTime: Int64

  init(count: Int, firstTime: Int64 = 0, lastTime: Int64 = 0) {
    self.count = count
    self.firstTime = firstTime
    self.lastTime = lastTime
  }

  /// - Precondition: Both have a trip.
  mutating func add(_ other: GroupTally) {
    count += other.count
    firstTime = min(firstTime, other.firstTime)
    lastTime = max(lastTime, other.lastTime)
  }
}
