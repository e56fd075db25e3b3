package import TripModel

extension Lake {
  /// Changes the areas of the lake, as one commit.
  ///
  /// - Parameter edit: Is given the areas of the newest version, ascending by name, and says what they shall be,
  ///   with distinct names; called again where another writer was first.
  /// - Returns: The version that has them; the newest one, and nothing is committed, where they are the same.
  /// - Throws: As `LakeTransaction.commit`; what `edit` throws; `ByteError` for areas that no
  ///   reader would take.
  package func changeAreas(_ edit: ([Area]) throws -> [Area]) throws -> (
    version: UInt64, isNew: Bool
  ) {
    let startTime = environment.wallClockMicroseconds()
    let transaction = try begin()
    defer { transaction.abort() }
    do {
      let commit = try transaction.commit { head in
        let before = try head.areas()
        let after = try edit(before).sorted { $0.name < $1.name }
        guard after != before else { throw SameAreas(version: head.version) }
        var change = ManifestChange(
          load: LoadRecord(
            kind: .areas, transaction: transaction.id, startTime: startTime,
            endTime: environment.wallClockMicroseconds(), stored: 0, rejected: 0, duplicates: 0))
        // A section that could not be read back would stop every later commit.
        _ = try Area.decodeAll(Area.encode(after), base: 0)
        change.areas = after
        return change
      }
      return (commit.version, true)
    } catch let error as SameAreas {
      return (error.version, false)
    }
  }
}

private struct SameAreas: Error {
  let version: UInt64
}
