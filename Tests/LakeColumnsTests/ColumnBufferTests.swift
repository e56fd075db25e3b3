import LakeColumns
import LakeTestSupport
import Testing

@Suite("A column buffer")
struct ColumnBufferTests {
  @Test("holds what is appended, whatever it grows to, 64-byte aligned")
  func growth() {
    var buffer = ColumnBuffer<UInt64>()
    #expect(buffer.array.isEmpty)
    for number in 0..<1000 {
      buffer.append(UInt64(number))
      let address = buffer.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
      #expect(address % 64 == 0)
    }
    #expect(buffer.array == Array(0..<1000))
    buffer.removeAll()
    #expect(buffer.array == [])
    buffer.append(5)
    #expect(buffer.array == [5])
  }

  @Test("fills what it grows by and nothing else")
  func resizing() {
    var buffer = ColumnBuffer<UInt64>([1, 2, 3])
    buffer.resize(to: 5, filling: 9)
    #expect(buffer.array == [1, 2, 3, 9, 9])
    buffer.resize(to: 2, filling: 7)
    #expect(buffer.array == [1, 2])
    buffer.resize(to: 3, filling: 7)
    #expect(buffer.array == [1, 2, 7])
    buffer[0] = 4
    #expect(buffer.array == [4, 2, 7])
  }

  @Test("traps outside its bounds")
  func bounds() async {
    await #expect(processExitsWith: .failure) {
      let buffer = ColumnBuffer<UInt64>(capacity: 10)
      _ = buffer[0]
    }
    await #expect(processExitsWith: .failure) {
      var buffer = ColumnBuffer<UInt64>(capacity: 10)
      buffer.append(1)
      buffer[-1] = 1
    }
  }
}

@Suite("A validity bitmap")
struct ValidityBitmapTests {
  @Test("counts the bits of its rows alone", arguments: [0, 1, 63, 64, 65, 128])
  func counting(rowCount: Int) {
    let words = [UInt64](repeating: .max, count: 3)
    let count = ValidityBitmap.validCount(words.span, rowCount: rowCount)
    #expect(count == rowCount)
    #expect(ValidityBitmap.wordCount(rowCount: rowCount) == (rowCount + 63) / 64)
  }

  @Test("is cut out of a column's for a block, and left out where all rows have values")
  func blocks() {
    let column = SampleTrips.columns(rowCount: 200, seed: 1, destinationChance: 0.5)[2]
    var bitmap = ColumnBuffer<UInt64>()
    for start in [0, 64, 128] {
      let rows = start..<min(200, start + 100)
      column.copyValidity(rows: rows, into: &bitmap)
      for row in rows {
        let isValid = ValidityBitmap.isValid(bitmap.span, row: row - start)
        #expect(isValid == column.isValid(row: row))
      }
    }
    column.validity = ColumnBuffer([.max, .max, 0, 0])
    column.copyValidity(rows: 0..<128, into: &bitmap)
    #expect(bitmap.array.isEmpty)
    column.copyValidity(rows: 128..<200, into: &bitmap)
    #expect(bitmap.array == [0, 0])
  }
}
