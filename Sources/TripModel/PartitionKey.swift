/// What the rows of a trip file share: one region and one ISO week of the lake's zone.
package struct PartitionKey: Hashable, Sendable {
  package let region: ByteString
  package let week: ISOWeek

  package init(region: ByteString, week: ISOWeek) {
    self.region = region
    self.week = week
  }
}

extension PartitionKey: Comparable {
  package static func < (left: PartitionKey, right: PartitionKey) -> Bool {
    left.region == right.region ? left.week < right.week : left.region < right.region
  }
}
