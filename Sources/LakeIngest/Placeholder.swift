enum LakeIngestPlaceholder {}
