/// Reads a WKT point, `POINT (x y)`, from the bytes of one field.
///
/// Accepted beside the usual spelling: any case, any number of blanks between the parts (none before the
/// parenthesis), and a leading `SRID=4326;`. Unchecked like `UsualPointKernels`.
enum PointKernels {
  @inline(never)
  static func parse(
    _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, numbers: DecimalKernels,
    x: inout Double, y: inout Double
  ) -> Bool {
    var cursor = start
    guard skipPrefix(&cursor, end: end) else { return false }
    skipBlanks(&cursor, end: end)
    guard numbers.parse(&cursor, end: end, into: &x) else { return false }
    let gap = cursor
    skipBlanks(&cursor, end: end)
    guard cursor > gap, numbers.parse(&cursor, end: end, into: &y) else { return false }
    skipBlanks(&cursor, end: end)
    guard cursor < end, cursor.pointee == Ascii.rightParenthesis else { return false }
    cursor += 1
    skipBlanks(&cursor, end: end)
    return cursor == end
  }

  /// Moves behind the opening parenthesis.
  @inline(__always)
  private static func skipPrefix(
    _ cursor: inout UnsafePointer<UInt8>, end: UnsafePointer<UInt8>
  ) -> Bool {
    // "POINT (" as a little-endian word.
    let word = UnsafeRawPointer(cursor).loadUnaligned(as: UInt64.self).littleEndian
    if word & 0x00ff_ffff_ffff_ffff == 0x0028_2054_4e49_4f50, end - cursor >= 7 {
      cursor += 7
      return true
    }
    return skipUnusualPrefix(&cursor, end: end)
  }

  @inline(never)
  private static func skipUnusualPrefix(
    _ cursor: inout UnsafePointer<UInt8>, end: UnsafePointer<UInt8>
  ) -> Bool {
    skipBlanks(&cursor, end: end)
    if skip("srid=4326;", &cursor, end: end) { skipBlanks(&cursor, end: end) }
    guard skip("point", &cursor, end: end) else { return false }
    skipBlanks(&cursor, end: end)
    return skip("(", &cursor, end: end)
  }

  /// Moves behind `text`, given in lower case, if it stands there in any case.
  private static func skip(
    _ text: StaticString, _ cursor: inout UnsafePointer<UInt8>, end: UnsafePointer<UInt8>
  ) -> Bool {
    guard end - cursor >= text.utf8CodeUnitCount else { return false }
    for index in 0..<text.utf8CodeUnitCount {
      let byte = cursor[index]
      let isUppercase = byte &- 0x41 < 26
      if (isUppercase ? byte | 0x20 : byte) != text.utf8Start[index] { return false }
    }
    cursor += text.utf8CodeUnitCount
    return true
  }

  @inline(__always)
  private static func skipBlanks(
    _ cursor: inout UnsafePointer<UInt8>, end: UnsafePointer<UInt8>
  ) {
    while cursor < end, cursor.pointee == Ascii.space || cursor.pointee == Ascii.tab {
      cursor += 1
    }
  }
}
