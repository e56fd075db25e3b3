/// When huge pages are tried again after one that took too long: for the next block, and if that takes too long as well, after one
/// block on small pages, after three, after seven, and so on. One that comes quickly has them tried for every block again.
///
/// So of n blocks at most 1 + log2(n) wait in vain, and a single page that took long, because something else had the
/// processor, costs one block its huge pages.
struct HugePageTrials {
  /// How many blocks the next page that takes too long is followed by on small pages.
  private var pause = 0
  private var blocksToWait = 0

  /// Whether to try huge pages for the next block; `finish` tells how it went.
  mutating func isDue() -> Bool {
    guard blocksToWait > 0 else { return true }
    blocksToWait -= 1
    return false
  }

  mutating func finish(inTime: Bool) {
    blocksToWait = inTime ? 0 : pause
    pause = inTime ? 0 : 2 * pause + 1
  }
}
