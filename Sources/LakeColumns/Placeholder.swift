enum LakeColumnsPlaceholder {}
