internal import LakeColumns
internal import TripModel

/// The columns of some rows of one partition, as the trip file encoder takes them; used again and again.
final class TripColumns {
  private let originX: ColumnVector
  private let originY: ColumnVector
  private let destinationX: ColumnVector
  private let destinationY: ColumnVector
  private let startTime: ColumnVector
  private let source: ColumnVector
  private let extras: ExtraColumns
  /// For each source rank: its code in the file's dictionary, where it has one.
  private var codes: [UInt32] = []

  /// - Precondition: `schema` has the columns of a trip.
  init(schema: TripSchema, texts: ExtraTexts) {
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

  /// Lends the words of all columns at once. Unchecked: the body stays below the row count.
  func withWords(
    _ body: (
      UnsafeMutablePointer<UInt64>, UnsafeMutablePointer<UInt64>, UnsafeMutablePointer<UInt64>,
      UnsafeMutablePointer<UInt64>, UnsafeMutablePointer<UInt64>, UnsafeMutablePointer<UInt64>
    ) -> Void
  ) {
    Self.withBase(originX) { originX in
      Self.withBase(originY) { originY in
        Self.withBase(destinationX) { destinationX in
          Self.withBase(destinationY) { destinationY in
            Self.withBase(startTime) { startTime in
              Self.withBase(source) { source in
                body(originX, originY, destinationX, destinationY, startTime, source)
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
  func makeSourceDictionary(_ sources: [ByteString]) {
    if codes.count < sources.count {
      codes = Array(repeating: Self.unused, count: sources.count)
    }
    let rowCount = source.words.count
    var used: [Int] = []
    codes.withUnsafeMutableBufferPointer { codes in
      Self.withBase(source) { words in
        used = Self.collectRanks(words, rowCount, codes)
        for (code, rank) in used.enumerated() { codes[rank] = UInt32(code) }
        for row in 0..<rowCount { words[row] = UInt64(codes[Int(words[row])]) }
      }
      for rank in used { codes[rank] = Self.unused }
    }
    source.dictionary = used.map { sources[$0] }
  }

  private static let unused = UInt32.max

  /// The ranks that occur, ascending; their places in `codes` are marked.
  private static func collectRanks(
    _ ranks: UnsafeMutablePointer<UInt64>, _ rowCount: Int,
    _ codes: UnsafeMutableBufferPointer<UInt32>
  ) -> [Int] {
    var used: [Int] = []
    for row in 0..<rowCount {
      let rank = Int(ranks[row])
      if codes[rank] == unused {
        codes[rank] = 0
        used.append(rank)
      }
    }
    return used.sorted()
  }
}
