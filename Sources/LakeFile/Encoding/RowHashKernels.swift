internal import LakeBytes
internal import LakeColumns
internal import TripModel

/// Writes the fields of a batch of records, a column at a time, and hashes the records.
///
/// Safe because every record is `layout.byteCount` bytes long, the preconditions keep the rows inside the
/// buffer, and the offsets come from the layout.
enum RowHashKernels {
  /// Writes a column's id into every record.
  static func fill(
    _ records: inout ColumnBuffer<UInt8>, _ layout: RecordLayout, id: ColumnID, at offset: Int
  ) {
    let stride = layout.byteCount
    let bytes = id.rawValue.littleEndian
    records.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      var field = UnsafeMutableRawPointer(start) + offset
      for _ in 0..<buffer.count / stride {
        field.storeBytes(of: bytes, as: UInt16.self)
        field += stride
      }
    }
  }

  /// Writes one digest into every record.
  static func fill(
    _ records: inout ColumnBuffer<UInt8>, _ layout: RecordLayout, digest: Digest128, at offset: Int
  ) {
    let stride = layout.byteCount
    records.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      var field = UnsafeMutableRawPointer(start) + offset
      for _ in 0..<buffer.count / stride {
        store(digest, field)
        field += stride
      }
    }
  }

  /// Writes the words of some rows into the first records.
  static func fill(
    _ records: inout ColumnBuffer<UInt8>, _ layout: RecordLayout,
    _ words: borrowing ColumnBuffer<UInt64>, rows: Range<Int>, at offset: Int
  ) {
    let stride = layout.byteCount
    precondition(records.count >= rows.count * stride)
    records.withUnsafeMutableBufferPointer { buffer in
      words.span.extracting(rows).withUnsafeBufferPointer { words in
        guard let start = buffer.baseAddress else { return }
        var field = UnsafeMutableRawPointer(start) + offset
        for word in words {
          field.storeBytes(of: word.littleEndian, as: UInt64.self)
          field += stride
        }
      }
    }
  }

  /// Writes the digests of the texts of some rows into the first records.
  static func fill(
    _ records: inout ColumnBuffer<UInt8>, _ layout: RecordLayout,
    _ words: borrowing ColumnBuffer<UInt64>, rows: Range<Int>, digests: [Digest128],
    at offset: Int
  ) {
    let stride = layout.byteCount
    precondition(records.count >= rows.count * stride)
    records.withUnsafeMutableBufferPointer { buffer in
      words.span.extracting(rows).withUnsafeBufferPointer { words in
        guard let start = buffer.baseAddress else { return }
        var field = UnsafeMutableRawPointer(start) + offset
        for word in words {
          store(digests[Int(truncatingIfNeeded: word)], field)
          field += stride
        }
      }
    }
  }

  @inline(__always)
  private static func store(_ digest: Digest128, _ field: UnsafeMutableRawPointer) {
    field.storeBytes(of: digest.low.littleEndian, as: UInt64.self)
    field.storeBytes(of: digest.high.littleEndian, toByteOffset: 8, as: UInt64.self)
  }

  /// The sum of the hashes of the first `count` records.
  static func sum(
    _ records: borrowing ColumnBuffer<UInt8>, count: Int, stride: Int
  ) -> Digest128 {
    records.withUnsafeBufferPointer { buffer in
      Checksum.sumOfXXH3_128(
        UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: buffer[..<(count * stride)])),
        stride: stride)
    }
  }
}
