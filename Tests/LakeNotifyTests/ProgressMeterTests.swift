import Testing

@testable import LakeNotify

@Suite struct ProgressMeterTests {
  @Test func aSteadyLoadIsForetoldRightly() {
    var meter = ProgressMeter(totalByteCount: 10_000)
    for second in 1...9 {
      let report = meter.report(
        .reading, path: "a", doneByteCount: UInt64(second * 1000), rowCount: 0,
        seconds: Double(second))
      #expect(report.bytesPerSecond == 1000)
      #expect(abs((report.share ?? 0) - 0.09 * Double(second)) < 1e-12)
      // Ten seconds of reading, and a ninth of that for the rest.
      #expect(abs((report.secondsLeft ?? 0) - (10.0 / 0.9 - Double(second))) < 1e-9)
    }
  }

  @Test func theRateIsThatOfTheLastSeconds() {
    var meter = ProgressMeter(totalByteCount: nil)
    var last: ProgressReport?
    for tenth in 1...200 {
      // Ten seconds at 1,000 bytes, then ten at 100.
      let bytes = tenth <= 100 ? tenth * 100 : 10_000 + (tenth - 100) * 10
      last = meter.report(
        .reading, path: "a", doneByteCount: UInt64(bytes), rowCount: 0,
        seconds: Double(tenth) / 10)
    }
    #expect(abs((last?.bytesPerSecond ?? 0) - 100) < 1)
    #expect(last?.share == nil && last?.secondsLeft == nil)
  }

  @Test func theShareNeverGoesBackNorToTheEnd() {
    var meter = ProgressMeter(totalByteCount: 100)
    let shares = [
      (ProgressReport.Phase.reading, 50), (.writing, 50), (.reading, 40), (.reading, 200),
      (.writing, 200), (.committing, 200),
    ].enumerated().map { index, step in
      meter.report(
        step.0, path: "", doneByteCount: UInt64(step.1), rowCount: 0, seconds: Double(index)
      ).share
    }
    #expect(shares == [0.45, 0.45, 0.45, 0.9, 0.9, 0.97])
  }

  @Test func writingTheLastRowsHasAWeightOfItsOwn() {
    var meter = ProgressMeter(totalByteCount: 100)
    let shares = [(50, 0.5), (100, 0), (100, 0.5), (100, 1)].map { bytes, written in
      meter.report(
        .writing, path: "", doneByteCount: bytes, rowCount: 0, seconds: 1, writtenShare: written
      ).share ?? -1
    }
    for (share, wanted) in zip(shares, [0.45, 0.9, 0.935, 0.97]) {
      #expect(abs(share - wanted) < 1e-12)
    }
  }

  @Test func nothingIsForetoldWithoutARate() {
    var meter = ProgressMeter(totalByteCount: 100)
    let report = meter.report(.reading, path: "", doneByteCount: 0, rowCount: 0, seconds: 0)
    #expect(report.bytesPerSecond == 0 && report.secondsLeft == nil && report.share == 0)
  }
}
