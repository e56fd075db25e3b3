internal import LakeNotify
internal import TripModel

/// How far a load has come, in one line for people:
///
///     reading    45% [#########...........]  512 MB of 1,138 MB  3,120,000 rows  401 MB/s  2 s left  b.csv
struct ProgressLine {
  private static let barWidth = 20

  private let report: ProgressReport

  init(_ report: ProgressReport) {
    self.report = report
  }

  /// All of it.
  var text: String { parts.joined(separator: "  ") }

  /// As many parts as fit the columns, the last one cut.
  func text(width: Int) -> String {
    var line = parts[0]
    for part in parts.dropFirst() {
      guard AlignedTable.width(line) + AlignedTable.width(part) + 2 <= width else { break }
      line += "  " + part
    }
    return String(line.prefix(width))
  }

  private var parts: [String] {
    var parts = [head]
    parts.append(amount)
    parts.append(Plural.count(report.rowCount, "row"))
    if report.phase == .reading {
      if report.bytesPerSecond > 0 { parts.append(rate) }
      if let left = report.secondsLeft { parts.append("\(Self.duration(left)) left") }
      parts.append(ByteString(report.path).displayText)
    }
    return parts
  }

  /// The phase, the share and a bar of it.
  private var head: String {
    guard let share = report.share else { return report.phase.rawValue }
    let name = report.phase.rawValue.padded(to: 10)
    let percent = String(Int(share * 100)).paddedLeft(to: 3)
    let filled = min(Self.barWidth, Int(share * Double(Self.barWidth)))
    let bar =
      String(repeating: "#", count: filled)
      + String(repeating: ".", count: Self.barWidth - filled)
    return "\(name) \(percent)% [\(bar)]"
  }

  private var amount: String {
    let done = Plural.grouped(report.doneByteCount >> 20)
    guard let total = report.totalByteCount else { return "\(done) MB" }
    return "\(done) of \(Plural.grouped(total >> 20)) MB"
  }

  private var rate: String {
    let megabytes = report.bytesPerSecond / Double(1 << 20)
    let text = megabytes < 10 ? String(Double(Int(megabytes * 10)) / 10) : String(Int(megabytes))
    return "\(text) MB/s"
  }

  /// `42 s`, `3 min 05 s`, `2 h 10 min`.
  static func duration(_ seconds: Double) -> String {
    let whole = Int(min(seconds, 1e9).rounded(.up))
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(String(whole % 60).zeroPadded) s" }
    return "\(whole / 3600) h \(String(whole / 60 % 60).zeroPadded) min"
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - utf8.count))
  }

  fileprivate func paddedLeft(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - utf8.count)) + self
  }

  fileprivate var zeroPadded: String { utf8.count < 2 ? "0" + self : self }
}
