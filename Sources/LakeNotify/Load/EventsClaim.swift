internal import LakeStore

/// Says to other processes that this one is about to commit and will tell of it: `events/lock`, held shared.
///
/// Made before anything is committed. Whatever earlier processes could not tell any more is told first.
/// Without locks, or where the lake cannot be read, the work goes on all the same.
package final class EventsClaim: Sendable {
  /// Another process that derives holds the lock for this long at most, in tries of a millisecond.
  private static let attemptLimit = 500

  /// The version up to which the log is complete; `nil` where others are at work.
  let announced: UInt64?
  private let lock: Monitor<StoreFile?>

  package init(_ publisher: EventPublisher) {
    let (lock, announced) = Self.take(publisher)
    self.lock = Monitor(lock)
    self.announced = announced
  }

  /// Everything is told.
  package func release() {
    lock.withLock { $0 = nil }
  }

  private static func take(_ publisher: EventPublisher) -> (StoreFile?, UInt64?) {
    var announced: UInt64?
    let lake = publisher.log.lake
    for _ in 0..<attemptLimit {
      do {
        if let lock = try lake.lock(.loads, .exclusive) {
          announced = try? MissingEvents.derive(publisher)
          if try lock.lock(.shared) { return (lock, announced) }
        } else if let lock = try lake.lock(.loads, .shared) {
          return (lock, announced)
        }
      } catch {
        return (nil, nil)
      }
      lake.pauseBeforeLocking()
    }
    return (nil, nil)
  }
}
