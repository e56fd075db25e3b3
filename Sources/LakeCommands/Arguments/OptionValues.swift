internal import TripModel

/// Reads the values of options, each with its own words where it cannot.
extension RawOptions {
  /// The option's value as one of the cases of an enum; `nil` where the option is absent.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, _ type: Choice.Type = Choice.self
  ) throws -> Choice? where Choice.RawValue == String {
    guard let text = value(name) else { return nil }
    let known = Choice.allCases.map(\.rawValue)
    guard let choice = Choice(rawValue: text) else {
      throw UsageErrors.badValue(
        name, text, expected: "it is one of \(known.joined(separator: ", "))", known: known)
    }
    return choice
  }

  func boundingBox(_ name: String) throws -> BoundingBox? {
    guard let text = value(name) else { return nil }
    guard let edges = BoundingBox.edges(text) else {
      throw UsageErrors.badValue(
        name, text, expected: "it is west,south,east,north in degrees: 14.35,50.02,14.5,50.11")
    }
    guard
      let box = BoundingBox(west: edges[0], south: edges[1], east: edges[2], north: edges[3])
    else {
      let hint =
        edges[1] > edges[3]
        ? "the south (second) edge lies above the north (fourth) one"
        : "longitudes lie within ±180, latitudes within ±90; the order is west,south,east,north"
      throw UsageErrors.badValue(name, text, expected: hint)
    }
    return box
  }

  /// The first and last day of a date or week.
  func days(_ name: String) throws -> ClosedRange<Int>? {
    guard let text = value(name) else { return nil }
    if let date = CivilDate(text: text) { return date.dayNumber...date.dayNumber }
    if let week = ISOWeek(text: text) { return week.firstDayNumber...week.firstDayNumber + 6 }
    var expected = "it is a date (2018-05-01) or a week (2018-W18)"
    if text.utf8.dropFirst(4).starts(with: "-W53".utf8) {
      expected = "that year has no week 53; " + expected
    }
    throw UsageErrors.badValue(name, text, expected: expected)
  }

  /// A whole number from 1; `nil` where the option is absent.
  func positiveCount(_ name: String) throws -> Int? {
    guard let text = value(name) else { return nil }
    guard let count = DecimalText.parseCount(text), count >= 1 else {
      throw UsageErrors.badValue(name, text, expected: "it is a whole number from 1")
    }
    return count
  }

  /// Microseconds: `90m`, `24h`, `7d`, or `0`; `nil` where the option is absent.
  func duration(_ name: String) throws -> Int64? {
    guard let text = value(name) else { return nil }
    if text == "0" { return 0 }
    let seconds: [Character: Int64] = ["m": 60, "h": 3600, "d": 86_400]
    guard let unit = text.last.flatMap({ seconds[$0] }),
      let count = DecimalText.parseCount(String(text.dropLast())), count <= 1_000_000
    else {
      throw UsageErrors.badValue(
        name, text, expected: "it is a number of minutes, hours or days: 90m, 24h, 7d; or 0")
    }
    return Int64(count) * unit * 1_000_000
  }

  /// Seconds: `30s`, `0.5s`, `2m`, or a number alone; `nil` where the option is absent.
  func timeout(_ name: String) throws -> Double? {
    guard let text = value(name) else { return nil }
    let units: [Character: Double] = ["s": 1, "m": 60]
    let unit = text.last.flatMap { units[$0] }
    guard let number = DecimalText.parse(unit == nil ? text[...] : text.dropLast()), number > 0
    else {
      throw UsageErrors.badValue(
        name, text, expected: "it is a time in seconds or minutes: 30s, 0.5s, 2m")
    }
    return number * (unit ?? 1)
  }

  /// The number of a snapshot; `nil` where the option is absent.
  func snapshotNumber(_ name: String) throws -> UInt64? {
    guard let text = value(name) else { return nil }
    guard let number = DecimalText.parseCount(text) else {
      throw UsageErrors.badValue(
        name, text, expected: "it is the number of a snapshot; triplake snapshots lists them")
    }
    return UInt64(number)
  }

  /// The number of the load that an argument names.
  ///
  /// - Throws: `CommandError` 3041 for anything but digits.
  func loadNumber() throws -> UInt64 {
    guard let load = DecimalText.parseCount(arguments[0]) else {
      var error = CommandError(
        3041, .usage, "there is no load \"\(ByteString(arguments[0]).displayText)\"")
      error.help = ["a load is named by its number; triplake loads lists them"]
      throw error
    }
    return UInt64(load)
  }

  func threadCount(_ environment: CommandEnvironment) throws -> Int {
    guard let text = value("threads") ?? environment.variables("TRIPLAKE_THREADS") else {
      return SystemDoor.processorCount
    }
    guard let count = DecimalText.parseCount(text), (1...1024).contains(count) else {
      throw UsageErrors.badValue("threads", text, expected: "it is a number from 1 to 1024")
    }
    return count
  }

  /// A number of bytes: `512M`, `1G`, `300000000`; K, M and G are powers of 1024.
  func byteCount(_ name: String, variable: String, _ environment: CommandEnvironment) throws -> Int?
  {
    guard let text = value(name) ?? environment.variables(variable) else { return nil }
    let units: [Character: Int] = ["K": 10, "M": 20, "G": 30, "k": 10, "m": 20, "g": 30]
    let shift = text.last.flatMap { units[$0] }
    let digits = shift == nil ? text : String(text.dropLast())
    guard let count = DecimalText.parseCount(digits), count >= 1,
      count <= 1 << (60 - (shift ?? 0))
    else {
      throw UsageErrors.badValue(
        name, text, expected: "it is a number of bytes, with K, M or G for powers of 1024: 512M")
    }
    return count << (shift ?? 0)
  }
}
