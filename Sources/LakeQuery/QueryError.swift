/// Why a question has no answer: it asks for something that is not there, or is no question.
package struct QueryError: Error, Hashable, Sendable {
  package enum Code: String, Sendable {
    /// A region that the snapshot does not hold.
    case unknownRegion
    /// An area that the snapshot does not keep.
    case unknownArea
    /// The first week asked for lies after the last.
    case emptyWeekRange
    /// A file of areas is not laid out as it must be.
    case invalidAreas
    /// More groups than an answer may have.
    case tooManyGroups
    /// A column that the lake does not have.
    case unknownColumn
    /// What is no comparison, or one with a value of another type than the column's.
    case invalidComparison
    /// An aggregate that columns of this type do not have.
    case invalidAggregate
    /// A sum beyond what the column's type holds.
    case sumTooLarge
    /// More rows must be held at once than the memory allowed.
    case notEnoughMemory
  }

  package let code: Code
  /// One sentence for people, without a final full stop.
  package let message: String
  /// The nearest names that do exist, the nearest first; often empty.
  package let suggestions: [String]
  /// Where in the file of areas, in lines and bytes from 1.
  package let place: Place?

  package struct Place: Hashable, Sendable {
    package let line: Int
    package let column: Int
  }

  package init(
    _ code: Code, _ message: String, suggestions: [String] = [], place: Place? = nil
  ) {
    self.code = code
    self.message = message
    self.suggestions = suggestions
    self.place = place
  }
}
