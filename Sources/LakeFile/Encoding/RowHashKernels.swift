internal import LakeBytes
internal import LakeColumns
internal import TripModel

/// Writes the fields of a batch of records, a column at a time, and hashes the records.
///
/// Safe because every record is `layout.byteCount` bytes long, the buffer holds one for each word, and the
/// offsets come from the layout.
enum RowHashKernels {
  static func fill(
    _ records: inout ColumnBuffer<UInt8>, _ layout: RecordLayout, id: ColumnID, digest: Digest128,
    at offset: Int
  ) {
    let stride = layout.byteCount
    records.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      var field = UnsafeMutableRawPointer(start) + offset
      for _ in 0..<buffer.count / stride {
        store(id, digest, field)
        field += stride
      }
    }
  }

  static func fill(
    _ records: inout ColumnBuffer<UInt8>, _ layout: RecordLayout, id: ColumnID,
    words: borrowing ColumnBuffer<UInt64>, rows: Range<Int>, at offset: Int
  ) {
    let stride = layout.byteCount
    let code = id.rawValue.littleEndian
    precondition(records.count == rows.count * stride)
    records.withUnsafeMutableBufferPointer { buffer in
      words.span.extracting(rows).withUnsafeBufferPointer { words in
        guard let start = buffer.baseAddress else { return }
        var field = UnsafeMutableRawPointer(start) + offset
        for word in words {
          field.storeBytes(of: code, as: UInt16.self)
          field.storeBytes(of: word.littleEndian, toByteOffset: 2, as: UInt64.self)
          field += stride
        }
      }
    }
  }

  static func fill(
    _ records: inout ColumnBuffer<UInt8>, _ layout: RecordLayout, id: ColumnID,
    words: borrowing ColumnBuffer<UInt64>, rows: Range<Int>, digests: [Digest128], at offset: Int
  ) {
    let stride = layout.byteCount
    precondition(records.count == rows.count * stride)
    records.withUnsafeMutableBufferPointer { buffer in
      words.span.extracting(rows).withUnsafeBufferPointer { words in
        guard let start = buffer.baseAddress else { return }
        var field = UnsafeMutableRawPointer(start) + offset
        for word in words {
          // A null's word is 0, and the dictionary of a column of nulls alone is empty.
          let digest = digests.isEmpty ? .zero : digests[Int(truncatingIfNeeded: word)]
          store(id, digest, field)
          field += stride
        }
      }
    }
  }

  @inline(__always)
  private static func store(
    _ id: ColumnID, _ digest: Digest128, _ field: UnsafeMutableRawPointer
  ) {
    field.storeBytes(of: id.rawValue.littleEndian, as: UInt16.self)
    field.storeBytes(of: digest.low.littleEndian, toByteOffset: 2, as: UInt64.self)
    field.storeBytes(of: digest.high.littleEndian, toByteOffset: 10, as: UInt64.self)
  }

  static func sum(_ records: borrowing ColumnBuffer<UInt8>, stride: Int) -> Digest128 {
    records.withUnsafeBufferPointer {
      Checksum.sumOfXXH3_128(UnsafeRawBufferPointer($0), stride: stride)
    }
  }
}
