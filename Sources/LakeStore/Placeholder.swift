enum LakeStorePlaceholder {}
