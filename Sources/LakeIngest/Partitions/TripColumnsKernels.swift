internal import LakeColumns
internal import TripModel

/// The columns of some rows of one file, as the trip file encoder takes them; used again and again.
final class TripColumns {
  /// The words of the columns of every trip.
  struct Words {
    let originX: UnsafeMutablePointer<UInt64>
    let originY: UnsafeMutablePointer<UInt64>
    let destinationX: UnsafeMutablePointer<UInt64>
    let destinationY: UnsafeMutablePointer<UInt64>
    let startTime: UnsafeMutablePointer<UInt64>
    let source: UnsafeMutablePointer<UInt64>
  }

  private let originX: ColumnVector
  private let originY: ColumnVector
  private let destinationX: ColumnVector
  private let destinationY: ColumnVector
  private let startTime: ColumnVector
  private let source: ColumnVector
  private let extras: ExtraColumns
  private let notes: RowNotes

  /// - Parameter notes: Of the file's rows.
  /// - Precondition: `schema` has the columns of a trip.
  init(schema: TripSchema, layout: ExtraLayout, notes: RowNotes) {
    func column(_ id: ColumnID) -> ColumnVector {
      guard let definition = schema.column(id) else { preconditionFailure("a trip's column") }
      return ColumnVector(definition: definition)
    }
    originX = column(.originX)
    originY = column(.originY)
    destinationX = column(.destinationX)
    destinationY = column(.destinationY)
    startTime = column(.startTime)
    source = column(.source)
    extras = ExtraColumns(layout, notes)
    self.notes = notes
  }

  /// Ascending by id.
  var all: [ColumnVector] { roles + extras.columns }

  private var roles: [ColumnVector] {
    [originX, originY, destinationX, destinationY, startTime, source]
  }

  /// The columns of a file that has the rows noted, each with their texts alone.
  func noted() -> [ColumnVector] {
    var columns = [originX, originY]
    if notes.hasDestination { columns += [destinationX, destinationY] }
    columns += [startTime, source]
    source.dictionary = notes.sources.makeDictionary()
    for (place, column) in extras.columns.enumerated() where notes.hasValue(ofExtra: place) {
      column.dictionary = notes.texts[place]?.makeDictionary() ?? []
      columns.append(column)
    }
    return columns
  }

  /// Takes over the dictionaries of a file that accepts the columns noted.
  func fit(to file: [ColumnVector]) {
    for column in file where column.definition.type == .text {
      if column.definition.id == .source {
        source.dictionary = column.dictionary
        notes.sources.fit(to: column)
      } else if let place = extras.place(of: column), notes.hasValue(ofExtra: place) {
        extras.columns[place].dictionary = column.dictionary
        notes.texts[place]?.fit(to: column)
      }
    }
  }

  func resize(rowCount: Int) {
    for column in roles { column.words.resize(to: rowCount, filling: 0) }
    extras.resize(rowCount: rowCount)
    destinationX.validity = nil
    destinationY.validity = nil
  }

  /// Lends the extra columns.
  func withExtras(_ body: (ExtraColumns) -> Void) {
    body(extras)
  }

  /// Fills the extra columns.
  func finishExtras() {
    extras.finish()
  }

  /// Lends the words of all columns at once. Unchecked: the body stays below the row count.
  func withWords(_ body: (Words) -> Void) {
    Self.withBase(originX) { originX in
      Self.withBase(originY) { originY in
        Self.withBase(destinationX) { destinationX in
          Self.withBase(destinationY) { destinationY in
            Self.withBase(startTime) { startTime in
              Self.withBase(source) { source in
                body(
                  Words(
                    originX: originX, originY: originY, destinationX: destinationX,
                    destinationY: destinationY, startTime: startTime, source: source))
              }
            }
          }
        }
      }
    }
  }

  private static func withBase(
    _ column: ColumnVector, _ body: (UnsafeMutablePointer<UInt64>) -> Void
  ) {
    column.words.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { body(base) }
    }
  }

  /// Turns absent destinations into nulls: their words become 0 and their validity bits are cleared.
  func markAbsentDestinations() {
    Self.markAbsent(destinationX)
    Self.markAbsent(destinationY)
  }

  private static func markAbsent(_ column: ColumnVector) {
    let rowCount = column.words.count
    var validity = ColumnBuffer<UInt64>()
    validity.resize(to: (rowCount + 63) / 64, filling: 0)
    withBase(column) { words in
      for row in 0..<rowCount {
        if words[row] == TripRow.absent {
          words[row] = 0
        } else {
          validity[row / 64] |= 1 << UInt64(row % 64)
        }
      }
    }
    column.validity = consume validity
  }
}
