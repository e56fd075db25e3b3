/// How the values of a page are stored. The raw value is the code on disk; 0 is reserved.
///
/// Format: `formats/encodings/README.md`.
package enum PageEncoding: UInt8, Sendable, CaseIterable {
  /// One value for all rows.
  case constant = 1
  /// Offsets from the smallest value, divided by what divides them all, bit-packed.
  case frameOfReference = 2
  /// Doubles as magnitudes above the smallest magnitude of their sign, bit-packed.
  case orderedFloat = 3
  /// The distinct values of the page, and a bit-packed index into them for each row.
  case dictionary = 4
  /// Eight bytes a value.
  case raw = 5
  /// Doubles as whole numbers of a power of ten, the few that are none aside.
  case decimalFloat = 6
}
