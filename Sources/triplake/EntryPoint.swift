internal import CVector
internal import Glibc
internal import LakeCommands

/// Where the process begins: C's `main`, which is given the command line, under the name that the package manager links.
@_cdecl("triplake_main")
public func begin(
  _ count: Int32, _ words: UnsafePointer<UnsafeMutablePointer<CChar>?>
) -> Int32 {
  // First of all: everything behind this may use instructions that an older processor would stop the program for.
  guard lake_processor_fits() != 0 else {
    fputs(
      """
      error: triplake is built for processors with AVX2 and BMI2 (x86-64-v3, made since 2013), and this is none.
      help: build it again without -march=x86-64-v3 in Package.swift

      """, fdopen(2, "w"))
    return 70
  }
  return Program.main(ProcessArguments.words(words, count: Int(count)))
}

/// Stands in for what `CommandLine` asks of the runtime, which nothing here does: at every start of the program the runtime's own
/// would search the memory map for the stack and read the command line from `/proc`, a twentieth of an answer.
@_cdecl("_swift_stdlib_getUnsafeArgvArgc")
public func commandLineArguments(
  _ count: UnsafeMutablePointer<Int32>
) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
  count.pointee = 0
  return nil
}

/// Lies in the same file of the runtime as the one above, which is linked where one of both is missing.
@_cdecl("_swift_stdlib_overrideUnsafeArgvArgc")
public func setCommandLineArguments(
  _ words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, _ count: Int32
) {
  preconditionFailure("the command line belongs to main")
}
