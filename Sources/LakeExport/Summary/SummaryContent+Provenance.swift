internal import LakeBytes
internal import LakeQuery
internal import TripModel

/// What the tables come from, and what the next export may go on from.
extension SummaryContent {
  var metaRows: [[SQLValue]] {
    let committed = provenance.committedAt
    let groups = provenance.groups
    return [
      [
        .integer(Int64(clamping: tables.snapshot)), .text(provenance.digest.hexadecimal),
        committed.map { .text(TimestampText.rfc3339(microseconds: $0)) } ?? .null,
        committed.map { .integer($0) } ?? .null,
        .text(provenance.lake), .text(tables.zoneName.bytes), .text(provenance.filter),
        .text(provenance.areasAt.rawValue), integer(provenance.minimumCount),
        groups.map { .text($0.cell) } ?? .null, groups.map { integer($0.slotMinutes) } ?? .null,
        groups.map { integer($0.top) } ?? .null,
        .text(CountsDigest(rows: { rows(of: $0) }).value.hexadecimal),
        .text(provenance.programVersion), .integer(Int64(SummarySchema.formatVersion)),
      ]
    ]
  }

  var columnRows: [[SQLValue]] {
    let tables = SummarySchema.tables.map { ($0.name, $0.columns) }
    let views = SummarySchema.views.map { ($0.name, $0.columns) }
    return (tables + views).sorted { $0.0 < $1.0 }.flatMap { name, columns in
      columns.sorted { $0.name < $1.name }.map { column in
        [
          .text(name), .text(column.name), .text(column.meaning),
          column.unit.map { .text($0) } ?? .null,
        ]
      }
    }
  }

  /// None where some trips are left out: what is left is no ground to go on from.
  var partitionRows: [[SQLValue]] {
    guard provenance.minimumCount <= 1 else { return [] }
    return tables.partitions.map { partition in
      [
        .text(partition.key.region.bytes), .text(partition.key.week.text),
        integer(partition.content.trips), .text(partition.content.rowHashSum.hexadecimal),
      ]
    }
  }
}
