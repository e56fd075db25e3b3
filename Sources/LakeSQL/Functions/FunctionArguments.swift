internal import LakeQuery
internal import LakeStore
internal import TripModel

/// The arguments of a call, by the names of the parameters. Null is as good as none.
struct FunctionArguments {
  private let function: String
  private let values: [String: ResultValue]

  init(_ function: String, _ values: [String: ResultValue]) {
    self.function = function
    self.values = values
  }

  /// - Throws: `SQLError.failed` for a number or blob.
  func text(_ name: String) throws(SQLError) -> String? {
    switch values[name] ?? .null {
    case .null: nil
    case .text(let bytes): String(decoding: bytes, as: UTF8.self)
    default: throw fault(name, "is a text")
    }
  }

  /// A whole number from 1.
  func count(_ name: String) throws(SQLError) -> Int? {
    switch values[name] ?? .null {
    case .null: nil
    case .integer(let number) where number >= 1: Int(number)
    default: throw fault(name, "is a whole number from 1")
    }
  }

  /// Whether a flag is given and not 0.
  func flag(_ name: String) throws(SQLError) -> Bool {
    switch values[name] ?? .null {
    case .null: false
    case .integer(let number): number != 0
    default: throw fault(name, "is 0 or 1")
    }
  }

  func fault(_ name: String, _ expected: String) -> SQLError {
    SQLError(.failed, "in \(function)(…) the argument \(name) \(expected)")
  }
}

extension FunctionArguments {
  /// The parameters that say which trips are meant.
  static let filterParameters = ["region", "bbox", "at", "from", "to", "source", "area"]

  /// The trips meant, but for `from` and `to`.
  ///
  /// - Throws: `SQLError.failed`; `StoreError` where the lake's areas cannot be read.
  func filter(of reader: LakeReader) throws -> TripFilter {
    var filter = TripFilter()
    filter.regions = try text("region").map { [ByteString($0)] }
    filter.sources = try text("source").map { [ByteString($0)] }
    let place = try place
    if let box = try box { filter.boxes.append(BoxCondition(box, at: place)) }
    if let name = try text("area") {
      guard let area = try reader.areas().first(where: { $0.name == ByteString(name) }) else {
        throw fault("area", "names none of the lake's areas")
      }
      filter.boxes.append(BoxCondition(area.shape, at: place))
    }
    return filter
  }

  private var place: BoxPlace {
    get throws(SQLError) {
      guard let text = try text("at") else { return .origin }
      guard let place = BoxPlace(rawValue: text) else {
        throw fault("at", "is origin, destination, either or both")
      }
      return place
    }
  }

  private var box: BoundingBox? {
    get throws(SQLError) {
      guard let text = try text("bbox") else { return nil }
      guard let edges = BoundingBox.edges(text),
        let box = BoundingBox(west: edges[0], south: edges[1], east: edges[2], north: edges[3])
      else { throw fault("bbox", "is 'west,south,east,north' in degrees") }
      return box
    }
  }

  /// The first and last day of a date or week.
  func days(_ name: String) throws(SQLError) -> ClosedRange<Int>? {
    guard let text = try text(name) else { return nil }
    if let date = CivilDate(text: text) { return date.dayNumber...date.dayNumber }
    if let week = ISOWeek(text: text) { return week.firstDayNumber...week.firstDayNumber + 6 }
    throw fault(name, "is a date (2018-05-01) or a week (2018-W18)")
  }
}
