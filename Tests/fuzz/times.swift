import TripModel

@testable import LakeIngest

private let layouts = [
  "M/D/YYYY h:mm:ss", "DD-MM-YY hh:mm", "M/D/YYYY h:mm:ss tt", "YYYYMMDDhhmmss", "epoch_s",
  "epoch_ms",
].compactMap { TimeLayout($0) }
private let clock = InputClock(zone: .utc, layouts: [.iso] + layouts)

/// What is read is written as the same instant again.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  let text = Array(UnsafeBufferPointer(start: data, count: count))
  var instant: Int64 = 0
  guard read(text, &instant), InputClock.instants.contains(instant) else { return 0 }
  var written: [UInt8] = []
  TimestampText.appendLocal(microseconds: instant, zone: .utc, to: &written)
  var again: Int64 = 0
  precondition(read(written, &again) && again == instant)
  return 0
}

private func read(_ text: [UInt8], _ instant: inout Int64) -> Bool {
  let padded = text + [UInt8](repeating: 0, count: 64)
  return padded.withUnsafeBufferPointer { buffer in
    guard let start = buffer.baseAddress else { return false }
    return clock.parse(start, start + text.count, into: &instant) != nil
  }
}
