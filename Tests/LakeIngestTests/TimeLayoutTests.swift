import LakeTestSupport
import Testing
import TripModel

@testable import LakeIngest

@Suite struct TimeLayoutTests {
  private func read(_ text: String, _ layout: String) throws -> TimestampReading? {
    let layout = try #require(TimeLayout(layout))
    return TimeLayoutKernels.read(Array(text.utf8), layouts: [layout])
  }

  private func seconds(_ text: String, _ layout: String) throws -> Int64? {
    try read(text, layout).map { $0.microseconds / 1_000_000 }
  }

  private static let moment: Int64 = 1_527_498_220  // 2018-05-28 09:03:40

  @Test(
    arguments: [
      ("2018-05-28 09:03:40", "YYYY-MM-DD hh:mm:ss", 0),
      ("28.5.18 9:3:40", "D.M.YY h:m:s", 0),
      ("05/28/2018 09:03", "MM/DD/YYYY hh:mm", -40),
      ("5/28/2018 9:03:40 AM", "M/D/YYYY h:mm:ss tt", 0),
      ("5/28/2018 9:03:40 pm", "M/D/YYYY h:mm:ss tt", 43_200),
      ("20180528090340", "YYYYMMDDhhmmss", 0),
      ("2018 05 28", "YYYY MM DD", -32_620),
      ("on 28.05.2018 at 09h03", "on DD.MM.YYYY at hh\u{68}mm", nil),
      ("1527498220", "epoch_s", 0), ("1527498220123", "epoch_ms", 0),
    ] as [(String, String, Int64?)])
  func everyLetterIsRead(_ text: String, _ layout: String, _ difference: Int64?) throws {
    guard let difference else {
      // `h` is a letter of its own: a layout that has it twice is none.
      #expect(TimeLayout(layout) == nil)
      return
    }
    #expect(try seconds(text, layout) == Self.moment + difference)
  }

  @Test func fractionsAndZonesMayFollow() throws {
    let layout = "M/D/YYYY h:mm:ss"
    #expect(
      try read("5/28/2018 9:03:40.5", layout)?.microseconds == Self.moment * 1_000_000 + 500_000)
    #expect(try read("5/28/2018 9:03:40 UTC", layout)?.offsetSeconds == 0)
    #expect(try read("5/28/2018 9:03:40-05:30", layout)?.offsetSeconds == -19_800)
    #expect(try read("5/28/2018 9:03:40", layout)?.offsetSeconds == nil)
    for text in [
      "5/28/2018 9:03:40x", "5/28/2018 9:03:40 ", "5/28/2018 9:03:40.", " 5/28/2018 9:03:40",
    ] {
      #expect(try read(text, layout) == nil, "\(text)")
    }
  }

  @Test func theWholeRangeOfEveryPart() throws {
    for month in 0...13 {
      for day in 0...32 {
        let exists = CivilDate(text: "2016-\(Self.pair(month))-\(Self.pair(day))") != nil
        #expect(
          try (seconds("\(day)/\(month)/2016", "D/M/YYYY") != nil) == exists, "\(day)/\(month)")
        #expect(
          try (seconds("\(Self.pair(day)).\(Self.pair(month)).2016", "DD.MM.YYYY") != nil) == exists
        )
      }
    }
    for number in 0...99 {
      let text = Self.pair(number)
      #expect(try (seconds("2016-01-01 \(text)", "YYYY-MM-DD hh") != nil) == (number < 24))
      #expect(try (seconds("2016-01-01 00:\(text)", "YYYY-MM-DD hh:mm") != nil) == (number < 60))
      #expect(
        try (seconds("2016-01-01 00:00:\(text)", "YYYY-MM-DD hh:mm:ss") != nil) == (number < 60))
      let year = number < 69 ? 2000 + number : 1900 + number
      #expect(try seconds("01-01-\(text)", "DD-MM-YY") == seconds("\(year)", year))
    }
  }

  private static func pair(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private func seconds(_ text: String, _ year: Int) throws -> Int64? {
    try seconds("\(text)-01-01", "YYYY-MM-DD")
  }

  @Test func halvesOfTheDay() throws {
    for hour in 0...13 {
      for (half, shift) in [("AM", 0), ("pm", 12), ("xm", -1), ("A", -1)] {
        let isTime = (1...12).contains(hour) && shift >= 0
        let expected = isTime ? Int64((hour % 12 + shift) * 3600) : nil
        #expect(try seconds("1970-01-01 \(hour) \(half)", "YYYY-MM-DD h tt") == expected)
      }
    }
  }

  @Test(arguments: [
    ("5/28/2018", "MM/D/YYYY"), ("128/5/2018", "D/M/YYYY"), ("28/5/18", "D/M/YYYY"),
    ("28/5/20180", "D/M/YYYY"), ("28-5-2018", "D/M/YYYY"), ("28/5/2018 9:03", "D/M/YYYY"),
    ("28/5/2018", "D/M/YYYY h:mm"), ("", "D/M/YYYY"), ("1/1/0000", "D/M/YYYY"), ("1.5", "epoch_s"),
    ("9223372036854775807", "epoch_s"), ("x", "epoch_ms"), ("29/2/1900", "D/M/YYYY"),
  ])
  func whatDoesNotFitIsNoTime(_ text: String, _ layout: String) throws {
    #expect(try read(text, layout) == nil)
  }

  @Test(arguments: [
    "", "YYYY-MM", "YYYY-MM-DD DD", "YYYY-YY-MM-DD", "hh:mm:ss", "epoch", "YYYY-MM-DD mm m",
  ])
  func whatNamesNoDayIsNoLayout(_ text: String) {
    #expect(TimeLayout(text) == nil)
  }

  @Test func layoutsAreTriedInTurn() throws {
    let layouts = ["DD/MM/YYYY", "MM/DD/YYYY"].compactMap { TimeLayout($0) }
    let day = { (text: String) in
      TimeLayoutKernels.time(Array(text.utf8), layouts: layouts).map { $0 / 86_400_000_000 }
    }
    #expect(day("02/01/1970") == 1)
    #expect(day("01/31/1970") == 30)
    #expect(day("31/31/1970") == nil)
  }
}

@Suite struct IntegerKernelsTests {
  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("+7", 7), ("007", 7), ("9223372036854775807", .max),
      ("-9223372036854775808", .min), ("9223372036854775808", nil), ("-9223372036854775809", nil),
      ("99999999999999999999", nil), ("", nil), ("-", nil), ("1.0", nil), ("1e3", nil), ("1 ", nil),
      ("--1", nil), ("0x1", nil),
    ] as [(String, Int64?)])
  func wholeNumbersOf64Bits(_ text: String, _ expected: Int64?) {
    let bytes = Array(text.utf8) + [0]
    bytes.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      #expect(IntegerKernels.parse(start, end: start + text.utf8.count) == expected)
    }
  }
}
