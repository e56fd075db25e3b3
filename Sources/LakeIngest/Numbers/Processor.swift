internal import CVector

/// What the processor can do beyond the instructions that the program is compiled for.
enum Processor {
  /// Whether `LakeAVX512` may be called.
  static let hasAVX512 = lake_processor_has_avx512() != 0
}
