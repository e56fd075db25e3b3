internal import LakeStore
internal import TripModel

/// How the groups of one region set are numbered: a group's number is a sum of one term for each of its parts,
/// so that numbers ascend as groups do and every combination has one.
struct GroupLayout: Sendable {
  /// What a group consists of; a cell is two of them.
  enum Part: Hashable, Sendable {
    case key(GroupedCount.Key)
    case cellX(GroupedCount.Key)
    case cellY(GroupedCount.Key)
  }

  struct Field: Sendable {
    let part: Part
    /// The values that it may take.
    let values: Range<Int>
    /// Whether there may also be none, which comes last.
    let mayBeAbsent: Bool
    fileprivate(set) var stride: UInt64 = 0

    /// How many there are, none included.
    var count: Int { values.count + (mayBeAbsent ? 1 : 0) }

    /// What a value adds to the number of its group.
    ///
    /// - Precondition: It is one of the field's.
    func term(_ value: Int?) -> UInt64 {
      guard let value else {
        precondition(mayBeAbsent, "the field always has a value")
        return UInt64(values.count) * stride
      }
      precondition(values.contains(value), "the value is one of the field's")
      return UInt64(value - values.lowerBound) * stride
    }
  }

  /// From the most significant on.
  private(set) var fields: [Field]
  /// Above every number.
  private(set) var groupCount: UInt64

  /// - Throws: `QueryError.tooManyGroups` where the numbers do not fit into 63 bits.
  init(_ fields: [Field]) throws(QueryError) {
    self.fields = fields
    groupCount = 1
    for index in fields.indices.reversed() {
      self.fields[index].stride = groupCount
      let (product, overflow) = groupCount.multipliedReportingOverflow(
        by: UInt64(fields[index].count))
      guard !overflow, product <= UInt64(Int64.max) else {
        throw QueryError(
          .tooManyGroups,
          "there are more than 2^63 possible groups; group by larger cells or fewer columns")
      }
      groupCount = product
    }
  }

  /// The number of a group.
  ///
  /// - Precondition: Each value is one of its field's.
  func number(ofGroup values: [Int?]) -> UInt64 {
    zip(fields, values).reduce(0) { $0 + $1.0.term($1.1) }
  }

  func field(_ part: Part) -> Field? { fields.first { $0.part == part } }

  /// The values of a group's parts; `nil` for none.
  func values(ofGroup number: UInt64) -> [Int?] {
    fields.map { field in
      let index = Int(number / field.stride % UInt64(field.count))
      return index < field.values.count ? field.values.lowerBound + index : nil
    }
  }
}

extension GroupLayout {
  /// The layout for the trips of a set's files.
  ///
  /// - Parameter sourceCount: How many names sources may have.
  init(
    _ query: GroupedCount, _ set: RegionSet, sourceCount: Int, _ manifest: Manifest
  ) throws(QueryError) {
    let files = set.items.map(\.file)
    let regions = files.map { manifest.regionIndex(ofFile: $0) }
    let weeks = files.map { manifest.week(ofFile: $0) }
    guard let firstRegion = regions.min(), let lastRegion = regions.max(),
      let firstWeek = weeks.min(), let lastWeek = weeks.max()
    else { preconditionFailure("a set has a file") }
    var fields: [Field] = []
    for key in query.keys {
      let values: Range<Int>
      switch key {
      case .region: values = firstRegion..<lastRegion + 1
      case .week: values = Int(firstWeek.index)..<Int(lastWeek.index) + 1
      case .day: values = firstWeek.firstDayNumber..<lastWeek.firstDayNumber + 7
      case .month:
        let (first, last) = (firstWeek.firstDayNumber, lastWeek.firstDayNumber + 6)
        values = CivilMonth(dayNumber: first).index..<CivilMonth(dayNumber: last).index + 1
      case .weekday: values = 1..<8
      case .hour: values = 0..<24
      // Slots are numbered, because the minutes between them are none.
      case .slot: values = 0..<TimeUnit.minutesPerDay / query.slotMinutes
      case .source: values = 0..<sourceCount
      case .route: preconditionFailure("routes are counted apart")
      case .originCell, .destinationCell:
        let extent = key == .originCell ? set.origins : set.destinations
        fields.append(
          Field(part: .cellX(key), values: extent.x.cells, mayBeAbsent: extent.hasAbsent))
        fields.append(
          Field(part: .cellY(key), values: extent.y.cells, mayBeAbsent: extent.hasAbsent))
        continue
      }
      fields.append(Field(part: .key(key), values: values, mayBeAbsent: false))
    }
    try self.init(fields)
  }
}
