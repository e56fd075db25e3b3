/// What becomes of a trip that is equal to an earlier one: in its key where its definition names one, else in all of
/// its columns.
package enum DuplicatePolicy: String, Sendable, Hashable, CaseIterable {
  case keep
  /// It is not stored, counted, and logged with the place of the first one.
  case drop
  /// Its file stores nothing.
  case fail
}
