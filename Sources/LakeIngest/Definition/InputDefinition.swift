package import TripModel

/// How a CSV layout maps to a trip.
///
/// Shipped definitions stand in `formats/inputs/`; their members are specified in `formats/inputs/README.md`,
/// what holds for all of them in `formats/csv-input.md`.
package struct InputDefinition: Sendable, Hashable {
  /// One thing a trip needs and the column that holds it.
  package struct Field: Sendable, Hashable {
    /// The header names it goes by, in lower case; the first is the name used in messages.
    package let names: [ByteString]

    package init(names: [ByteString]) {
      self.names = names
    }
  }

  /// Where a text that every trip has comes from.
  package enum TextRole: Sendable, Hashable {
    /// A column; in a file that has none, the second text for all records.
    case column(Field, otherwise: ByteString?)
    case constant(ByteString)
    /// What the pattern finds in the name of the file.
    case fileName(FileNamePattern)
  }

  /// Where a trip's region comes from.
  package enum RegionRole: Sendable, Hashable {
    case text(TextRole)
    /// The area that the origin lies in.
    case areas(RegionAreas)
  }

  /// Where the two coordinates of a place come from.
  package enum PlaceRole: Sendable, Hashable {
    /// A WKT point.
    case point(Field)
    case axes(x: Field, y: Field)

    package var fields: [Field] {
      switch self {
      case .point(let field): [field]
      case .axes(let x, let y): [x, y]
      }
    }
  }

  /// How many names a header has, and where they stand.
  package enum Header: Sendable, Hashable {
    case inFile
    /// The file has none; these are its columns.
    case given([ByteString])
  }

  /// What becomes of columns that the definition does not name.
  package enum OtherColumns: String, Sendable, Hashable, CaseIterable {
    case drop
    /// Each is an extra column of text, under the name that the header gives it.
    case keep
    /// Each that the lake has is read as what it is there; the others are dropped.
    case lake
  }

  package let name: String
  /// What it reads, in a few words for people.
  package var about: String?
  package var delimiter: UInt8
  package var header = Header.inFile
  /// A record that begins with this byte is a comment.
  package var comment: UInt8?
  /// Whether a record may have fewer fields than the header, or more of which the surplus is empty.
  package var isRagged = false
  /// What stands for a value that is not there.
  package var nulls: [ByteString] = [""]
  /// Whether nothing within quotes is the empty text and no null.
  package var hasQuotedEmptyTexts = false
  package var region: RegionRole
  package var origin: PlaceRole
  /// `nil` where no trip of the layout has a destination.
  package var destination: PlaceRole?
  package var time: TimeRole
  package var source: TextRole
  package var extras: [ExtraRole] = []
  package var otherColumns = OtherColumns.drop
  /// Names of columns of the lake whose values tell a trip from all others; empty where no column does.
  package var key: [ByteString] = []
  /// The decimals that coordinates are rounded to; `nil` where they are kept as they are.
  package var decimals: Int?

  package init(
    name: String, delimiter: UInt8 = UInt8(ascii: ","), region: RegionRole, origin: PlaceRole,
    destination: PlaceRole?, time: TimeRole, source: TextRole
  ) {
    self.name = name
    self.delimiter = delimiter
    self.region = region
    self.origin = origin
    self.destination = destination
    self.time = time
    self.source = source
  }

  /// The extra column that holds when a trip ended, where there is one.
  package static let endTime: ByteString = "end_time"
}

/// Where the start time comes from, and what it means.
package struct TimeRole: Sendable, Hashable {
  /// What becomes of a local time that the clocks were put forward over.
  package enum Gap: String, Sendable, Hashable, CaseIterable {
    /// Read with the offset that held before: later by the length of the gap.
    case forward
    case reject
  }

  /// What becomes of a local time that the clocks showed twice.
  package enum Overlap: String, Sendable, Hashable, CaseIterable {
    case first
    case reject
  }

  /// Whose clock shows times without a zone.
  package enum Clock: Sendable, Hashable {
    case zone(ZoneName)
    /// That of the lake that the file is loaded into.
    case lake
  }

  package var field: InputDefinition.Field
  /// Tried in turn.
  package var layouts: [TimeLayout] = [.iso]
  package var clock = Clock.zone(.utc)
  package var gap = Gap.forward
  package var overlap = Overlap.first

  package init(field: InputDefinition.Field) {
    self.field = field
  }
}

/// A column beyond the roles, which the lake carries.
package struct ExtraRole: Sendable, Hashable {
  /// Whether a name is that of a role, of a column that the lake has for itself, or of one in which roles are
  /// written out.
  package static func isReserved(_ name: ByteString) -> Bool {
    let others: Set<ByteString> = [
      "load", "origin_coord", "destination_coord", "datetime", "date_time", "datasource",
    ]
    return others.contains(name) || TripSchema.trips.column(named: name) != nil
  }

  /// What the lake calls it.
  package let name: ByteString
  package let type: ColumnType
  package let field: InputDefinition.Field
  /// Of timestamps alone; tried in turn.
  package let layouts: [TimeLayout]

  package init(
    name: ByteString, type: ColumnType, field: InputDefinition.Field,
    layouts: [TimeLayout] = [.iso]
  ) {
    self.name = name
    self.type = type
    self.field = field
    self.layouts = layouts
  }
}
