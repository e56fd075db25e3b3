internal import CVector
internal import Glibc
internal import LakeCommands

// First of all: everything behind this may use instructions that an older processor would stop the program for.
guard lake_processor_fits() != 0 else {
  fputs(
    """
    error: triplake is built for processors with AVX2 and BMI2 (x86-64-v3, made since 2013), and this is none.
    help: build it again without -march=x86-64-v3 in Package.swift

    """, fdopen(2, "w"))
  exit(70)
}

exit(Program.main(ProcessArguments.words))
