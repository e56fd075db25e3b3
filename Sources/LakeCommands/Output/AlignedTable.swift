internal import TripModel

/// Columns of text as wide as their widest value, for a terminal or for Markdown.
///
/// The first thousand rows decide the widths, so that a table of any length needs little memory; a longer
/// value behind them pushes its line to the right.
struct AlignedTable {
  private static let sampleRowCount = 1000

  private let columns: [ResultColumn]
  private let isMarkdown: Bool
  private var sample: [[String]] = []
  private var widths: [Int] = []
  private var isStarted = false

  init(columns: [ResultColumn], isMarkdown: Bool) {
    self.columns = columns
    self.isMarkdown = isMarkdown
  }

  mutating func append(_ values: [String], to bytes: inout [UInt8]) {
    let row = isMarkdown ? values.map(Self.markdown) : values
    guard !isStarted else {
      appendLine(row, to: &bytes)
      return
    }
    sample.append(row)
    if sample.count == Self.sampleRowCount { start(&bytes) }
  }

  mutating func finish(_ bytes: inout [UInt8]) {
    if !isStarted { start(&bytes) }
  }

  private mutating func start(_ bytes: inout [UInt8]) {
    isStarted = true
    let names = columns.map(\.name)
    widths = columns.indices.map { column in
      let longest = sample.map { Self.width($0[column]) }.max() ?? 0
      return max(longest, Self.width(names[column]), isMarkdown ? 3 : 1)
    }
    appendLine(names, to: &bytes)
    appendRule(&bytes)
    for row in sample { appendLine(row, to: &bytes) }
    sample = []
  }

  private func appendLine(_ values: [String], to bytes: inout [UInt8]) {
    var line = ""
    for (column, value) in values.enumerated() {
      let space = String(repeating: " ", count: max(0, widths[column] - Self.width(value)))
      let cell = columns[column].isNumeric ? space + value : value + space
      line += isMarkdown ? "| \(cell) " : (column == 0 ? cell : "  \(cell)")
    }
    if isMarkdown { line += "|" }
    while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
    bytes += Array(line.utf8)
    bytes.append(UInt8(ascii: "\n"))
  }

  private func appendRule(_ bytes: inout [UInt8]) {
    let parts = columns.indices.map { column in
      guard isMarkdown else { return String(repeating: "-", count: widths[column]) }
      let dashes = String(repeating: "-", count: widths[column] - 1)
      return columns[column].isNumeric ? "\(dashes):" : "\(dashes)-"
    }
    let line =
      isMarkdown ? "| \(parts.joined(separator: " | ")) |" : parts.joined(separator: "  ")
    bytes += Array("\(line)\n".utf8)
  }

  private static func markdown(_ value: String) -> String {
    value.reduce(into: "") { text, character in
      if character == "|" || character == "\\" { text.append("\\") }
      text.append(character)
    }
  }

  /// The columns that a text takes: two for the wide scripts of East Asia, none for combining marks.
  static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { width, scalar in
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark: return width
      default: break
      }
      switch scalar.value {
      case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff,
        0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1faff, 0x20000...0x3fffd:
        return width + 2
      default: return width + 1
      }
    }
  }
}
