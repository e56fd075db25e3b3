internal import TripModel

/// Writes trips as CSV text in the seed layout, without any allocation.
struct BenchTextKernels {
  /// Bytes that one row takes at the most.
  static let rowByteLimit = 256

  private let cityNames: [[UInt8]]
  private let sourceNames: [[UInt8]]

  init() {
    cityNames = BenchCity.all.map { $0.name.bytes }
    sourceNames = BenchTripGenerator.sources.map { Array($0.utf8) }
  }

  static let header = Array("region,origin_coord,destination_coord,datetime,datasource\n".utf8)

  /// Writes one row and moves `cursor` behind it. Unchecked: `rowByteLimit` bytes are free there.
  @inline(__always)
  func write(_ trip: BenchTrip, to cursor: inout UnsafeMutablePointer<UInt8>) {
    write(cityNames[trip.city], to: &cursor)
    write(",POINT (", to: &cursor)
    writeDegrees(trip.originX, to: &cursor)
    write(" ", to: &cursor)
    writeDegrees(trip.originY, to: &cursor)
    write("),POINT (", to: &cursor)
    writeDegrees(trip.destinationX, to: &cursor)
    write(" ", to: &cursor)
    writeDegrees(trip.destinationY, to: &cursor)
    write("),", to: &cursor)
    writeTime(trip.seconds, to: &cursor)
    write(",", to: &cursor)
    write(sourceNames[trip.source], to: &cursor)
    write("\n", to: &cursor)
  }

  @inline(__always)
  private func write(_ text: StaticString, to cursor: inout UnsafeMutablePointer<UInt8>) {
    cursor.update(from: text.utf8Start, count: text.utf8CodeUnitCount)
    cursor += text.utf8CodeUnitCount
  }

  @inline(__always)
  private func write(_ text: [UInt8], to cursor: inout UnsafeMutablePointer<UInt8>) {
    text.withUnsafeBufferPointer { buffer in
      if let base = buffer.baseAddress { cursor.update(from: base, count: buffer.count) }
    }
    cursor += text.count
  }

  /// Degrees with 16 significant digits, or fewer where the last ones are zeros.
  @inline(__always)
  private func writeDegrees(_ units: Int64, to cursor: inout UnsafeMutablePointer<UInt8>) {
    var magnitude = units.magnitude
    if units < 0 {
      cursor.pointee = 0x2d
      cursor += 1
    }
    let unit: UInt64 = 1_000_000_000_000_000
    let whole = magnitude / unit
    magnitude -= whole * unit
    var digits = BenchTrip.decimals
    if whole >= 100 {
      magnitude /= 100
      digits -= 2
    } else if whole >= 10 {
      magnitude /= 10
      digits -= 1
    }
    writeInteger(whole, to: &cursor)
    cursor.pointee = 0x2e
    cursor += 1
    writePadded(magnitude, digits: digits, to: &cursor)
  }

  @inline(__always)
  private func writeInteger(_ number: UInt64, to cursor: inout UnsafeMutablePointer<UInt8>) {
    writePadded(number, digits: number >= 100 ? 3 : number >= 10 ? 2 : 1, to: &cursor)
  }

  @inline(__always)
  private func writePadded(
    _ number: UInt64, digits: Int, to cursor: inout UnsafeMutablePointer<UInt8>
  ) {
    var rest = number
    var index = digits - 1
    while index >= 0 {
      cursor[index] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
      index -= 1
    }
    cursor += digits
  }

  @inline(__always)
  private func writeTime(_ seconds: Int64, to cursor: inout UnsafeMutablePointer<UInt8>) {
    let day = CivilDate(dayNumber: Int(seconds / 86_400))
    let second = UInt64(seconds % 86_400)
    writePadded(UInt64(day.year), digits: 4, to: &cursor)
    write("-", to: &cursor)
    writePadded(UInt64(day.month), digits: 2, to: &cursor)
    write("-", to: &cursor)
    writePadded(UInt64(day.day), digits: 2, to: &cursor)
    write(" ", to: &cursor)
    writePadded(second / 3600, digits: 2, to: &cursor)
    write(":", to: &cursor)
    writePadded(second / 60 % 60, digits: 2, to: &cursor)
    write(":", to: &cursor)
    writePadded(second % 60, digits: 2, to: &cursor)
  }
}
