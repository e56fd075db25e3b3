internal import LakeAVX512

/// Memory for the spellings of points that a worker has met; none where the processor cannot use it.
///
/// Unchecked: only kernels of AVX-512 read and write it.
final class KnownPointShapes {
  let memory: UnsafeMutableRawPointer

  init() {
    #if arch(x86_64)
      let byteCount = Processor.hasAVX512 ? WidePointKernels.shapesByteCount : 0
    #else
      let byteCount = 0
    #endif
    memory = .allocate(byteCount: byteCount, alignment: 64)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
  }

  deinit { memory.deallocate() }
}
