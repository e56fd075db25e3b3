enum LakeQueryPlaceholder {}
