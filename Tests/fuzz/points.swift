@testable import LakeIngest

private nonisolated(unsafe) let tables = DecimalTables()
private nonisolated(unsafe) let kernels = DecimalKernels(tables)

/// The quick way and the thorough one read the same points.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  // Kernels load whole words before and behind a field.
  let before = [UInt8](repeating: 0, count: Chunk.frontPadding)
  let text =
    before + Array(UnsafeBufferPointer(start: data, count: count))
    + [UInt8](repeating: 0, count: Chunk.padding)
  text.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else { return }
    let start = base + Chunk.frontPadding
    var words: [UInt64] = [0, 0]
    let isUsual = words.withUnsafeMutableBufferPointer { place in
      place.baseAddress.map {
        UsualPointKernels.parse(start, end: start + count, numbers: kernels, into: $0)
      } ?? false
    }
    var (x, y) = (0.0, 0.0)
    let isPoint = PointKernels.parse(start, end: start + count, numbers: kernels, x: &x, y: &y)
    precondition(!isPoint || x.isFinite && y.isFinite)
    guard isUsual else { return }
    precondition(isPoint && words == [x.bitPattern, y.bitPattern])
  }
  return 0
}
