internal import Glibc
internal import LakeCommands

exit(Program.main(ProcessArguments.all))
