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
    var (x, y, otherX, otherY) = (0.0, 0.0, 0.0, 0.0)
    let isPoint = PointKernels.parse(start, end: start + count, numbers: kernels, x: &x, y: &y)
    let isOther = PointKernels.parseAnySpelling(
      start, end: start + count, numbers: kernels, x: &otherX, y: &otherY)
    precondition(isPoint == isOther)
    guard isPoint else { return }
    precondition(x.bitPattern == otherX.bitPattern && y.bitPattern == otherY.bitPattern)
    precondition(x.isFinite && y.isFinite)
  }
  return 0
}
