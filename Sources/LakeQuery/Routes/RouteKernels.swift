internal import LakeColumns
internal import TripModel

/// Trips as points of four dimensions in metres, and the middles of routes likewise.
struct RoutePoints {
  var originX: [Double] = []
  var originY: [Double] = []
  var destinationX: [Double] = []
  var destinationY: [Double] = []

  var count: Int { originX.count }

  /// A point's four coordinates.
  subscript(index: Int) -> SIMD4<Double> {
    get {
      SIMD4(originX[index], originY[index], destinationX[index], destinationY[index])
    }
    set {
      originX[index] = newValue.x
      originY[index] = newValue.y
      destinationX[index] = newValue.z
      destinationY[index] = newValue.w
    }
  }

  mutating func append(_ point: SIMD4<Double>) {
    originX.append(point.x)
    originY.append(point.y)
    destinationX.append(point.z)
    destinationY.append(point.w)
  }
}

/// The loops over points that find the nearest middle.
///
/// Safe because every index runs over a range that its precondition keeps inside of all buffers, which stay borrowed
/// while the pointers are in use. Every operation is rounded as it stands, so that the same numbers come out
/// anywhere: `formats/manifest/v1.md`, [MF-34].
enum RouteKernels {
  /// Points and what is noted of them stay in the nearest cache.
  private static let stepRowCount = 256

  /// Sets the number of the nearest middle of each point, from 1, and its squared distance. A point of which a
  /// coordinate is not a number gets 0.
  static func assign(
    _ points: RoutePoints, to middles: RoutePoints, numbers: inout [UInt64],
    distances: inout [Double]
  ) {
    precondition(numbers.count == points.count && distances.count == points.count)
    points.originX.withUnsafeBufferPointer { originX in
      points.originY.withUnsafeBufferPointer { originY in
        points.destinationX.withUnsafeBufferPointer { destinationX in
          points.destinationY.withUnsafeBufferPointer { destinationY in
            numbers.withUnsafeMutableBufferPointer { numbers in
              distances.withUnsafeMutableBufferPointer { distances in
                for start in stride(from: 0, to: numbers.count, by: stepRowCount) {
                  let rows = start..<min(start + stepRowCount, numbers.count)
                  for row in rows {
                    numbers[row] = 0
                    distances[row] = .infinity
                  }
                  for index in 0..<middles.count {
                    let middle = middles[index]
                    let number = UInt64(index + 1)
                    for row in rows {
                      let x = originX[row] - middle.x
                      let y = originY[row] - middle.y
                      let z = destinationX[row] - middle.z
                      let w = destinationY[row] - middle.w
                      let distance = x * x + y * y + z * z + w * w
                      let isNearer = distance < distances[row]
                      distances[row] = isNearer ? distance : distances[row]
                      numbers[row] = isNearer ? number : numbers[row]
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// Replaces `target` by the doubles of a page, each times `scale`.
  static func scale(
    _ words: borrowing ColumnBuffer<UInt64>, by scale: Double, into target: inout [Double]
  ) {
    let count = words.count
    if target.count != count { target = [Double](repeating: 0, count: count) }
    words.withUnsafeBufferPointer { words in
      target.withUnsafeMutableBufferPointer { target in
        for row in 0..<count { target[row] = Double(bitPattern: words[row]) * scale }
      }
    }
  }

  /// Sets to 0 the numbers of rows that have no value.
  static func clear(
    withoutValue validity: borrowing ColumnBuffer<UInt64>, _ numbers: inout [UInt64]
  ) {
    guard !validity.isEmpty else { return }
    precondition(validity.count == ValidityBitmap.wordCount(rowCount: numbers.count))
    for row in numbers.indices where validity[row >> 6] >> UInt64(row & 63) & 1 == 0 {
      numbers[row] = 0
    }
  }

  /// Keeps the rows whose number is wanted.
  ///
  /// - Precondition: Numbers are indices of `isWanted`, and `selection` holds a bit for each of them.
  static func keep(
    _ numbers: [UInt64], isWanted: [Bool], selection: inout ColumnBuffer<UInt64>
  ) {
    precondition(selection.count == ValidityBitmap.wordCount(rowCount: numbers.count))
    for (row, number) in numbers.enumerated() where !isWanted[Int(number)] {
      selection[row >> 6] &= ~(1 << UInt64(row & 63))
    }
  }

  /// Counts the selected rows of each number.
  ///
  /// - Precondition: Numbers are indices of `counts`.
  static func count(_ numbers: [UInt64], _ selection: RowSelection, counts: inout [Int]) {
    if selection.isAll {
      for number in numbers { counts[Int(number)] += 1 }
      return
    }
    for index in 0..<selection.bits.count {
      var open = selection.bits[index]
      while open != 0 {
        counts[Int(numbers[index * 64 + open.trailingZeroBitCount])] += 1
        open &= open - 1
      }
    }
  }
}
