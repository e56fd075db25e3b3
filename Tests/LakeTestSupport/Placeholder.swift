enum LakeTestSupportPlaceholder {}
