/// Fields of the CSV files that a load writes.
enum CSVText {
  private static let special: Set<UInt8> = [
    Ascii.comma, Ascii.quote, Ascii.lineFeed, Ascii.carriageReturn,
  ]

  /// The field in quotes where it needs them.
  static func quoted(_ field: [UInt8], delimiter: UInt8 = Ascii.comma) -> [UInt8] {
    guard field.contains(where: { special.contains($0) || $0 == delimiter }) else { return field }
    return [Ascii.quote] + field.flatMap { $0 == Ascii.quote ? [$0, $0] : [$0] } + [Ascii.quote]
  }
}
