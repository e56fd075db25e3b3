internal import TripModel

/// Which columns of a sample seem to be the parts of a trip, by their indices.
struct DraftRoles {
  enum Place: Hashable {
    case point(Int)
    case axes(x: Int, y: Int)

    var columns: [Int] {
      switch self {
      case .point(let column): [column]
      case .axes(let x, let y): [x, y]
      }
    }
  }

  private(set) var origin: Place?
  private(set) var destination: Place?
  private(set) var startTime: Int?
  private(set) var endTime: Int?
  private(set) var region: Int?
  private(set) var source: Int?
  /// What a person should look at.
  private(set) var doubts: [String] = []

  var used: Set<Int> {
    Set(
      (origin?.columns ?? []) + (destination?.columns ?? [])
        + [startTime, endTime, region, source].compactMap(\.self))
  }

  init(_ profiles: [ColumnProfile]) {
    findPlaces(profiles)
    findTimes(profiles)
    region = free(profiles) { $0.words.areRegion && $0.type != .float64 }
    source = free(profiles) { $0.words.areSource && !$0.words.areRegion && $0.type != .float64 }
  }

  /// The first column that nothing else is made of.
  private func free(_ profiles: [ColumnProfile], where isFitting: (ColumnProfile) -> Bool) -> Int? {
    let used = used
    return profiles.indices.first { !used.contains($0) && isFitting(profiles[$0]) }
  }

  private mutating func findPlaces(_ profiles: [ColumnProfile]) {
    let points = profiles.indices.filter { profiles[$0].isPoint }
    var places: [Place] = points.map(Place.point)
    if places.isEmpty {
      places = namedAxes(profiles)
      if places.isEmpty { places = guessedAxes(profiles) }
    }
    let isDestination: (Place) -> Bool = { place in
      place.columns.allSatisfy { profiles[$0].words.areDestination }
    }
    let isOrigin: (Place) -> Bool = { place in
      place.columns.allSatisfy { profiles[$0].words.areOrigin }
    }
    origin =
      places.first { isOrigin($0) && !isDestination($0) } ?? places.first { !isDestination($0) }
      ?? places.first
    let others = places.filter { $0 != origin }
    destination = others.first(where: isDestination) ?? others.first { !isOrigin($0) }
    if origin == nil { doubts.append("no column looks like a place: give origin its columns") }
  }

  /// Columns whose names are those of longitudes and latitudes, the two of one place together.
  private func namedAxes(_ profiles: [ColumnProfile]) -> [Place] {
    let xs = profiles.indices.filter { profiles[$0].isLongitude && profiles[$0].words.areLongitude }
    var ys = profiles.indices.filter { profiles[$0].isLatitude && profiles[$0].words.areLatitude }
    var places: [Place] = []
    for x in xs {
      let isSameEnd: (Int) -> Bool = { y in
        profiles[x].words.areDestination == profiles[y].words.areDestination
          && profiles[x].words.areOrigin == profiles[y].words.areOrigin
      }
      guard let y = ys.first(where: isSameEnd) ?? ys.first else { continue }
      ys.removeAll { $0 == y }
      places.append(.axes(x: x, y: y))
    }
    return places
  }

  /// Numbers with many digits, two and two in their order.
  private mutating func guessedAxes(_ profiles: [ColumnProfile]) -> [Place] {
    let numbers = profiles.indices.filter { profiles[$0].isLongitude && profiles[$0].isFine }
    var places: [Place] = []
    var index = 0
    while index + 1 < numbers.count, places.count < 2 {
      let (first, second) = (numbers[index], numbers[index + 1])
      index += 2
      let isXFirst = profiles[first].isWide && !profiles[second].isWide
      places.append(isXFirst ? .axes(x: first, y: second) : .axes(x: second, y: first))
    }
    guard !places.isEmpty else { return [] }
    let names = places.flatMap(\.columns).map { profiles[$0].name.displayText }
    doubts.append(
      "no names say which columns are places; taken by their values: \(names.joined(separator: ", "))"
    )
    let areTold = places.contains { $0.columns.contains { profiles[$0].isWide } }
    if !areTold {
      doubts.append("which of two is the longitude cannot be told: y is taken to be first")
    }
    return places
  }

  private mutating func findTimes(_ profiles: [ColumnProfile]) {
    let times = profiles.indices.filter { profiles[$0].times != nil }
    let isDestination: (Int) -> Bool = { profiles[$0].words.areDestination }
    startTime =
      times.first { profiles[$0].words.areOrigin && !isDestination($0) }
      ?? times.first { !isDestination($0) } ?? times.first
    let others = times.filter { $0 != startTime }
    // Of two without telling names the second is when the trip ended.
    let isOnly = others.count == 1 && !profiles[others[0]].words.areTime
    endTime = others.first(where: isDestination) ?? (isOnly ? others[0] : nil)
    guard let startTime else {
      doubts.append("no column looks like a time: give time its columns and layouts")
      return
    }
    if let guess = profiles[startTime].times, let rival = guess.rival {
      doubts.append(
        "\(profiles[startTime].name.displayText) may be \(guess.layouts[0].text) or \(rival.text): every value "
          + "looked at can be read as both; the one is taken whose times lie closer together")
    }
  }
}
