import Glibc

@testable import LakeIngest

private nonisolated(unsafe) let kernels = DecimalKernels(tables)
private nonisolated(unsafe) let tables = DecimalTables()

/// Numbers read by the kernels are those that the C library and Swift read.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  let text = Array(UnsafeBufferPointer(start: data, count: count))
  let padded = text + [UInt8](repeating: 0, count: 64)
  padded.withUnsafeBufferPointer { buffer in
    guard let start = buffer.baseAddress else { return }
    var value = 0.0
    if kernels.parseField(start, end: start + count, into: &value) { check(value, text) }
    if let integer = IntegerKernels.parse(start, end: start + count) {
      precondition(Int64(String(decoding: text, as: UTF8.self)) == integer)
    }
  }
  return 0
}

private func check(_ value: Double, _ text: [UInt8]) {
  precondition(value.isFinite && !text.contains(0))
  let expected = strtod(String(decoding: text, as: UTF8.self), nil)
  precondition(expected.bitPattern == value.bitPattern)
}
