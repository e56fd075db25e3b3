internal import LakeBytes
internal import TripModel

/// The bytes are drawn at `StoredZoneMaps`.
extension ColumnZoneMaps {
  func encode(_ definition: ColumnDefinition, into writer: inout ByteWriter) {
    if definition.isNullable { writer.append(array: nullCounts) }
    if definition.type == .float64 { writer.append(array: nanCounts) }
    writer.append(array: minimums)
    writer.append(array: maximums)
  }
}
