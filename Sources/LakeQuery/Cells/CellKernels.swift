internal import LakeColumns

/// Loops that add the terms of a block's rows to the numbers of their groups.
///
/// Safe because their preconditions keep every index inside the buffers. Values are checked against the
/// field's range; where one lies outside, the caller is told and uses no number.
enum CellKernels {
  /// The cells of one axis that a field tells apart.
  struct Axis {
    private let axis: GridAxis
    let firstCell: Double
    let cellCount: Double
    let stride: UInt64

    init(_ axis: GridAxis, _ field: GroupLayout.Field) {
      self.axis = axis
      firstCell = Double(field.values.lowerBound)
      cellCount = Double(field.values.count)
      stride = field.stride
    }

    /// Degrees.
    var cellSize: Double { axis.cellSize }

    /// Whether doubles hold every term exactly.
    var isExact: Bool { cellCount * Double(stride) < 0x1p51 }

    /// What a coordinate adds; `nil` where it does not lie in the cells.
    func term(_ coordinate: Double) -> UInt64? {
      let index = axis.cell(of: coordinate) - firstCell
      return index >= 0 && index < cellCount ? UInt64(index) &* stride : nil
    }
  }

  /// Rows that are looked at again one by one where a quotient of theirs is in doubt.
  private static let chunkRowCount = 64

  /// Adds the cells of one coordinate.
  ///
  /// - Returns: Whether all were numbers in cells of the axis.
  /// - Precondition: The axis `isExact`.
  static func addCells(
    of coordinates: borrowing ColumnBuffer<UInt64>, _ axis: Axis, to keys: inout [UInt64]
  ) -> Bool {
    precondition(coordinates.count == keys.count && axis.isExact)
    let product = AxisProduct(axis)
    return coordinates.withUnsafeBufferPointer { coordinates in
      keys.withUnsafeMutableBufferPointer { keys in
        var start = 0
        while start < keys.count {
          let rows = start..<min(start + chunkRowCount, keys.count)
          if !addProducts(of: coordinates, product, rows, to: keys) {
            guard mend(coordinates, axis, product, rows, keys) else { return false }
          }
          start = rows.upperBound
        }
        return true
      }
    }
  }

  /// Free of branches and of integer multiplications, so that the compiler makes vector code of it.
  ///
  /// - Returns: Whether every product was beyond doubt; terms of others are void.
  @inline(__always)
  private static func addProducts(
    of coordinates: UnsafeBufferPointer<UInt64>, _ product: AxisProduct, _ rows: Range<Int>,
    to keys: UnsafeMutableBufferPointer<UInt64>
  ) -> Bool {
    var isInDoubt: UInt64 = 0
    for row in rows {
      keys[row] &+= product.term(Double(bitPattern: coordinates[row]), isInDoubt: &isInDoubt)
    }
    return isInDoubt == 0
  }

  /// Replaces the terms that were added in doubt.
  private static func mend(
    _ coordinates: UnsafeBufferPointer<UInt64>, _ axis: Axis, _ product: AxisProduct,
    _ rows: Range<Int>, _ keys: UnsafeMutableBufferPointer<UInt64>
  ) -> Bool {
    for row in rows {
      let coordinate = Double(bitPattern: coordinates[row])
      var isInDoubt: UInt64 = 0
      let added = product.term(coordinate, isInDoubt: &isInDoubt)
      guard isInDoubt != 0 else { continue }
      guard let term = axis.term(coordinate) else { return false }
      keys[row] &+= term &- added
    }
    return true
  }

  /// Adds the cells of points of any axes and of which some may be absent: those without a value, or with a
  /// coordinate that is not a number.
  ///
  /// - Parameters:
  ///   - absent: What an absent point adds; `nil` where none may be.
  ///   - xAxis: The cells of longitude where the latitude is the one given.
  /// - Returns: Whether all lay in cells of the axes, or were absent where they may be.
  @inline(__always)
  static func addCells(
    x: DecodedPage, y: DecodedPage, _ yAxis: Axis, absent: UInt64?, to keys: inout [UInt64],
    xAxis: (_ latitude: Double) -> Axis
  ) -> Bool {
    for row in keys.indices {
      let (pointX, pointY) = (Double(bitPattern: x.words[row]), Double(bitPattern: y.words[row]))
      guard x.hasValue(row), y.hasValue(row), !pointX.isNaN, !pointY.isNaN else {
        guard let absent else { return false }
        keys[row] &+= absent
        continue
      }
      guard let yTerm = yAxis.term(pointY), let xTerm = xAxis(pointY).term(pointX) else {
        return false
      }
      keys[row] &+= xTerm &+ yTerm
    }
    return true
  }

  /// Adds what `terms` holds for each value.
  ///
  /// - Returns: Whether it held one for each.
  static func addTerms(
    _ terms: [UInt64], of values: borrowing ColumnBuffer<UInt64>, to keys: inout [UInt64]
  ) -> Bool {
    precondition(values.count == keys.count)
    return values.withUnsafeBufferPointer { values in
      terms.withUnsafeBufferPointer { terms in
        keys.withUnsafeMutableBufferPointer { keys in
          for row in 0..<keys.count {
            guard values[row] < UInt64(terms.count) else { return false }
            keys[row] &+= terms[Int(truncatingIfNeeded: values[row])]
          }
          return true
        }
      }
    }
  }

  /// Adds what `terms` holds for each index.
  ///
  /// - Precondition: There is one for each index.
  static func addTerms(
    _ terms: [UInt64], of indices: borrowing RowIndices, to keys: inout [UInt64]
  ) {
    precondition(indices.values.count == keys.count && indices.limit <= terms.count)
    indices.values.withUnsafeBufferPointer { indices in
      terms.withUnsafeBufferPointer { terms in
        keys.withUnsafeMutableBufferPointer { keys in
          for row in 0..<keys.count { keys[row] &+= terms[Int(indices[row])] }
        }
      }
    }
  }

  /// Takes out the keys from a place on that lie outside a range.
  static func keep(in range: Range<UInt64>, from first: Int, of keys: inout [UInt64]) {
    let span = UInt64(range.count)
    var kept = first
    keys.withUnsafeMutableBufferPointer { keys in
      // Never behind what is read, so inside the keys.
      for index in first..<keys.count {
        let key = keys[index]
        keys[kept] = key
        kept &+= key &- range.lowerBound < span ? 1 : 0
      }
    }
    keys.removeSubrange(kept...)
  }

  /// Appends the keys of the selected rows.
  static func append(
    _ keys: [UInt64], selection: borrowing ColumnBuffer<UInt8>, to target: inout [UInt64]
  ) {
    precondition(keys.count == selection.count)
    for row in keys.indices where selection[row] == 1 { target.append(keys[row]) }
  }
}

extension DecodedPage {
  /// Whether the row of the block has a value.
  fileprivate func hasValue(_ row: Int) -> Bool {
    validity.isEmpty || validity[row >> 6] >> UInt64(row & 63) & 1 == 1
  }
}
