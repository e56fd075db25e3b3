/// How a time is written, as `M/D/YYYY h:mm:ss`.
///
/// | letters | meaning |
/// |---|---|
/// | `YYYY`, `YY` | the year; of two digits 69 to 99 are 1969 to 1999, 00 to 68 are 2000 to 2068 |
/// | `MM`, `DD`, `hh`, `mm`, `ss` | month, day, hour, minute, second of two digits |
/// | `M`, `D`, `h`, `m`, `s` | the same of one or two |
/// | `tt` | `AM` or `PM` in any case; the hour is then 1 to 12 |
/// | anything else | itself |
///
/// Behind it a fraction of the second and a zone may follow, as behind the usual layout. What is left out is the
/// first of its kind: a layout without seconds means second 0. Three names are layouts too: `iso`,
/// `epoch_s` and `epoch_ms`, whole seconds or milliseconds since 1970-01-01 UTC.
package struct TimeLayout: Sendable, Hashable {
  enum Part: Sendable, Hashable {
    case literal(UInt8)
    case year4
    case year2
    case month(fixed: Bool)
    case day(fixed: Bool)
    case hour(fixed: Bool)
    case minute(fixed: Bool)
    case second(fixed: Bool)
    case half
  }

  enum Kind: Sendable, Hashable {
    case iso
    /// Microseconds of one unit.
    case epoch(Int64)
    case parts([Part])
  }

  /// The layout as it was written.
  package let text: String
  let kind: Kind

  package static let iso = TimeLayout(named: "iso", .iso)

  private init(named text: String, _ kind: Kind) {
    self.text = text
    self.kind = kind
  }

  /// - Returns: `nil` for a text that names no year, month and day, or one of them twice.
  package init?(_ text: String) {
    switch text {
    case "iso": self = .iso
    case "epoch_s": self.init(named: text, .epoch(1_000_000))
    case "epoch_ms": self.init(named: text, .epoch(1000))
    default:
      let parts = Self.parts(of: Array(text.utf8))
      let counts = Dictionary(grouping: parts.compactMap(\.unit), by: \.self).mapValues(\.count)
      guard counts.values.allSatisfy({ $0 == 1 }), counts["Y"] == 1, counts["M"] == 1,
        counts["D"] == 1
      else { return nil }
      self.init(named: text, .parts(parts))
    }
  }

  private static let letters: [(text: String, part: Part)] = [
    ("YYYY", .year4), ("YY", .year2), ("MM", .month(fixed: true)), ("M", .month(fixed: false)),
    ("DD", .day(fixed: true)), ("D", .day(fixed: false)), ("hh", .hour(fixed: true)),
    ("h", .hour(fixed: false)), ("mm", .minute(fixed: true)), ("m", .minute(fixed: false)),
    ("ss", .second(fixed: true)), ("s", .second(fixed: false)), ("tt", .half),
  ]

  private static func parts(of text: [UInt8]) -> [Part] {
    var parts: [Part] = []
    var rest = text[...]
    while let byte = rest.first {
      if let known = letters.first(where: { rest.starts(with: $0.text.utf8) }) {
        parts.append(known.part)
        rest = rest.dropFirst(known.text.utf8.count)
      } else {
        parts.append(.literal(byte))
        rest = rest.dropFirst()
      }
    }
    return parts
  }
}

extension TimeLayout.Part {
  /// What the part measures, as one letter; `nil` for a literal.
  fileprivate var unit: String? {
    switch self {
    case .literal: nil
    case .year4, .year2: "Y"
    case .month: "M"
    case .day: "D"
    case .hour: "h"
    case .minute: "m"
    case .second: "s"
    case .half: "t"
    }
  }
}
