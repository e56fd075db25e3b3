internal import LakeColumns
internal import TripModel

/// The columns of some rows of one partition, as the trip file encoder takes them; used again and again.
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
  private let sources: [ByteString]
  private let codes: SourceCodes

  /// - Parameter sources: By rank.
  /// - Precondition: `schema` has the columns of a trip.
  init(schema: TripSchema, sources: [ByteString], texts: ExtraTexts) {
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
    extras = ExtraColumns(texts)
    self.sources = sources
    codes = SourceCodes(sourceCount: sources.count)
  }

  /// Ascending by id.
  var all: [ColumnVector] { roles + extras.columns }

  private var roles: [ColumnVector] {
    [originX, originY, destinationX, destinationY, startTime, source]
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

  /// Makes the dictionaries and bitmaps of the extra columns.
  func finishExtras() {
    extras.finish()
  }

  /// Lends the words of all columns at once, and what takes note of the source ranks that are written there.
  /// Unchecked: the body stays below the row count.
  func withWords(_ body: (Words, SourceCodes) -> Void) {
    Self.withBase(originX) { originX in
      Self.withBase(originY) { originY in
        Self.withBase(destinationX) { destinationX in
          Self.withBase(destinationY) { destinationY in
            Self.withBase(startTime) { startTime in
              Self.withBase(source) { source in
                body(
                  Words(
                    originX: originX, originY: originY, destinationX: destinationX,
                    destinationY: destinationY, startTime: startTime, source: source), codes)
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

  /// Replaces source ranks by codes of the rows' own dictionary, which is in byte order as the ranks are.
  func makeSourceDictionary() {
    let rowCount = source.words.count
    Self.withBase(source) { words in
      source.dictionary = codes.replace(words, count: rowCount).map { sources[Int($0)] }
    }
  }
}
