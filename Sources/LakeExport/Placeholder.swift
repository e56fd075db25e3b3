enum LakeExportPlaceholder {}
