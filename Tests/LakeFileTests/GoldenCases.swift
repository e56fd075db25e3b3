import LakeColumns
import LakeFile
import LakeTestSupport
import TripModel

/// Small files that together show everything the format can hold.
enum GoldenCase: String, CaseIterable {
  /// Three trips without a destination: the least there can be.
  case originOnly = "origin-only"
  /// Blocks, bitmaps, two sources, coordinates on both sides of zero.
  case twoBlocks = "two-blocks"
  /// Doubles and integers at the ends of their ranges, and a nullable extra column of every type.
  case awkwardValues = "awkward-values"
  /// Coordinates of seven decimals, among them what is no decimal.
  case decimals
  /// Coordinates sorted along a line, whose numbers are packed in frames.
  case frames
  /// Nullable columns of every type over three blocks: some values, all, none.
  case nullableColumns = "nullable-columns"
  /// A page and a dictionary that Zstandard folds.
  case compressed

  /// What libzstd makes may change with its version, so such a file is only read.
  var isReproducible: Bool { self != .compressed }

  func encode() throws -> EncodedTripFile {
    switch self {
    case .originOnly: try RoundTripTests.encode(originOnly)
    case .twoBlocks:
      try RoundTripTests.encode(
        twoBlocks,
        key: PartitionKey(region: "Greater London", week: ISOWeek(index: 2525)))
    case .awkwardValues:
      try RoundTripTests.encode(
        awkward, key: PartitionKey(region: "Zürich", week: ISOWeek(index: -1)),
        schema: Self.extendedSchema)
    case .decimals: try RoundTripTests.encode(decimals)
    case .frames: try RoundTripTests.encode(frames, blockRowCount: 128)
    case .nullableColumns:
      try RoundTripTests.encode(
        nullableColumns, blockRowCount: 64,
        key: PartitionKey(region: "Praha", week: ISOWeek(index: 2525)),
        schema: Self.extendedSchema)
    case .compressed: try RoundTripTests.encode(repeating, blockRowCount: 4096)
    }
  }

  static let extendedSchema = TripSchema(
    columns: TripSchema.trips.columns + [
      ColumnDefinition(id: .load, name: "load", type: .int64, isNullable: true),
      ColumnDefinition(
        id: ColumnID(rawValue: 64), name: "passengers", type: .int64, isNullable: true),
      ColumnDefinition(id: ColumnID(rawValue: 65), name: "fare", type: .float64, isNullable: true),
      ColumnDefinition(id: ColumnID(rawValue: 66), name: "shared", type: .bool, isNullable: true),
      ColumnDefinition(id: ColumnID(rawValue: 67), name: "note", type: .text, isNullable: true),
      ColumnDefinition(
        id: ColumnID(rawValue: 68), name: "arrival", type: .timestamp, isNullable: true),
      ColumnDefinition(id: ColumnID(rawValue: 69), name: "nothing", type: .int64, isNullable: true),
    ])

  private func column(
    _ id: ColumnID, _ words: [UInt64?], _ dictionary: [ByteString] = []
  ) -> ColumnVector {
    guard let definition = Self.extendedSchema.column(id) else { preconditionFailure() }
    var bitmap = ColumnBuffer<UInt64>()
    bitmap.resize(to: ValidityBitmap.wordCount(rowCount: words.count), filling: 0)
    for (row, word) in words.enumerated() where word != nil {
      bitmap[row / 64] |= 1 << UInt64(row % 64)
    }
    let vector = ColumnVector(
      definition: definition, words: ColumnBuffer(words.map { $0 ?? 0 }), dictionary: dictionary)
    if words.contains(nil) { vector.validity = consume bitmap }
    return vector
  }

  private func floats(_ id: ColumnID, _ values: [Double?]) -> ColumnVector {
    column(id, values.map { $0?.bitPattern })
  }

  private var originOnly: [ColumnVector] {
    [
      floats(.originX, [14.4973794438195, 14.32427345662177, 14.66700023804]),
      floats(.originY, [50.00136875782316, 50.00002074358429, 50.0898]),
      column(.startTime, [1_527_497_641_000_000, 1_526_874_242_000_000, 1_525_255_923_000_000]),
      column(.source, [1, 0, 0], ["cheap_mobile", "funny_car"]),
    ]
  }

  private var twoBlocks: [ColumnVector] {
    var random = SeededRandom(seed: 1)
    let rows = 0..<66
    return [
      floats(.originX, rows.map { _ in random.fraction() - 0.5 }),
      floats(.originY, rows.map { _ in 51 + random.fraction() }),
      floats(.destinationX, rows.map { $0 % 3 == 0 ? nil : random.fraction() - 0.5 }),
      floats(.destinationY, rows.map { $0 % 3 == 0 ? nil : 51 + random.fraction() }),
      column(
        .startTime,
        rows.map { _ in UInt64(1_527_465_600 + random.integer(in: 0..<604_800)) * 1_000_000 }),
      column(.source, rows.map { UInt64($0 % 2) }, ["bad_diesel_vehicles", "pt_search_app"]),
    ]
  }

  private var decimals: [ColumnVector] {
    var random = SeededRandom(seed: 2)
    func places(_ least: Double, odd: [Int: Double]) -> [Double] {
      (0..<40).map { row in
        odd[row] ?? ((least + 0.3 * random.fraction()) * 1e7).rounded() / 1e7
      }
    }
    let x = places(14.2, odd: [3: -0.0, 17: 14.32427345662177])
    let y = places(49.9, odd: [39: .nan])
    let destinations = places(-0.1, odd: [:])
    return [
      floats(.originX, x), floats(.originY, y),
      floats(.destinationX, destinations.enumerated().map { $0 % 4 == 1 ? nil : $1 }),
      floats(.destinationY, y.enumerated().map { $0 % 4 == 1 ? nil : $1 }),
      column(.startTime, (0..<40).map { 1_527_465_600_000_000 + UInt64($0) * 60_000_000 }),
      column(.source, (0..<40).map { _ in 0 }, ["funny_car"]),
    ]
  }

  private var frames: [ColumnVector] {
    var random = SeededRandom(seed: 3)
    let rows = 0..<130
    func line(_ least: Double, _ step: Double) -> [Double] {
      rows.map { least + (Double($0) + random.fraction()) * step }
    }
    let decimals = line(49.9, 0.001).map { ($0 * 1e5).rounded() / 1e5 }
    return [
      floats(.originX, line(14.2, 0.001)), floats(.originY, decimals),
      column(.startTime, rows.map { 1_527_465_600_000_000 + UInt64($0 * 97 % 130) * 1_000_000 }),
      column(.source, rows.map { UInt64($0 / 65) }, ["baba_car", "funny_car"]),
    ]
  }

  private var awkward: [ColumnVector] {
    let nan = Double(bitPattern: 0x7ff8_0000_dead_beef)
    return [
      floats(.originX, [0, -0.0, Double.leastNonzeroMagnitude, -180, 180, nan]),
      floats(.originY, [-90, 90, 0x1p-1030, -.infinity, .infinity, 47.37]),
      floats(.destinationX, [nil, 8.5, 8.5, 8.5, 8.5, nil]),
      floats(.destinationY, [nil, -0.0, -0.0, 0, -0.0, nil]),
      column(.startTime, [0, 1, 2, UInt64(bitPattern: -1), UInt64(bitPattern: .min), 5]),
      column(.source, [0, 1, 2, 0, 1, 2], ["", "a", "z\u{0}\u{1b}[31m"]),
      column(.load, [1, 2, 3, 4, 5, 6]),
      column(
        ColumnID(rawValue: 64),
        [UInt64(bitPattern: .min), nil, nil, 7, nil, UInt64(bitPattern: .max)]),
      floats(ColumnID(rawValue: 65), [12.5, nil, 3.75, 0.25, nil, 100]),
      column(ColumnID(rawValue: 66), [1, 0, nil, 1, 1, 0]),
      column(ColumnID(rawValue: 67), [nil, nil, 1, nil, nil, 0], ["Bahnhof", "e\u{301}"]),
      column(ColumnID(rawValue: 68), [nil, nil, nil, nil, nil, 1_000_000]),
    ]
  }

  /// In the first block some values are there, in the second all or none, in the third the first and the last.
  private var nullableColumns: [ColumnVector] {
    let rows = 0..<130
    func some(_ step: Int, isAllInSecond: Bool, _ value: (Int) -> UInt64) -> [UInt64?] {
      rows.map { row in
        let isThere =
          switch row {
          case 0..<64: row % step == 0
          case 64..<128: isAllInSecond
          default: true
          }
        return isThere ? value(row) : nil
      }
    }
    let doubles = [0.5, -0.0, .nan, .infinity, -.infinity, Double.leastNonzeroMagnitude]
    return [
      floats(.originX, rows.map { 14 + Double($0) / 1000 }), floats(.originY, rows.map { _ in 50 }),
      column(.startTime, rows.map { 1_527_465_600_000_000 + UInt64($0) * 1_000_000 }),
      column(.source, rows.map { _ in 0 }, ["funny_car"]),
      column(
        ColumnID(rawValue: 64),
        some(3, isAllInSecond: false) {
          UInt64(bitPattern: Int64($0 % 2 == 0 ? .min + $0 : .max - $0))
        }),
      column(
        ColumnID(rawValue: 65), some(5, isAllInSecond: true) { doubles[$0 % 6].bitPattern }),
      column(ColumnID(rawValue: 66), some(2, isAllInSecond: true) { UInt64($0 / 2 % 2) }),
      column(
        ColumnID(rawValue: 67), some(7, isAllInSecond: false) { UInt64($0 % 3) },
        ["", "a", "e\u{301}"]),
      column(
        ColumnID(rawValue: 68),
        some(11, isAllInSecond: true) { 1_527_465_600_000_000 + UInt64($0) * 1_000_001 }),
      column(ColumnID(rawValue: 69), rows.map { _ in nil }),
    ]
  }

  private var repeating: [ColumnVector] {
    let rows = 0..<4096
    return [
      floats(.originX, rows.map { _ in 13.4 }),
      floats(.originY, rows.map { _ in 52.5 }),
      column(.startTime, rows.map { _ in 1_527_465_600_000_000 }),
      column(
        .source, rows.map { UInt64($0 % 8) },
        (0..<8).map { ByteString("a_rather_long_name_of_a_source_of_trips_\($0)") }),
    ]
  }
}
