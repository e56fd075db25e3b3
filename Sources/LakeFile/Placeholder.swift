enum LakeFilePlaceholder {}
