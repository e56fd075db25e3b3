enum LakeCommandsPlaceholder {}
