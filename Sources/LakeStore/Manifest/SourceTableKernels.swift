/// Loops over the entries of one owner. `init` proved that the starts ascend and that the section holds all entries.
extension SourceTable {
  /// Source, rows, first and last time.
  static let entryByteCount = 4 + 8 + 8 + 8

  /// Whether the entries of all owners ascend by source, name sources that there are, and end no sooner than they
  /// begin. Nothing branches, so that several entries are looked at at once.
  ///
  /// - Precondition: The starts ascend.
  func areSound(sourceCount: Int) -> Bool {
    bytes.withUnsafeBytes { section in
      let entries = Entries(section: section, ownerCount: ownerCount, entryCount: entryCount)
      guard entryCount > 0 else { return true }
      var wrong = 0
      var largest = entries.source(0)
      for entry in 0..<entryCount {
        wrong &+= entries.firstTime(entry) > entries.lastTime(entry) ? 1 : 0
        largest = max(largest, entries.source(entry))
      }
      var falls = 0
      for entry in 1..<entryCount {
        falls &+= entries.source(entry) <= entries.source(entry &- 1) ? 1 : 0
      }
      // Where an owner begins, sources may fall.
      var last = 0
      for owner in 0..<ownerCount {
        let start = entries.start(owner)
        guard start > last, start < entryCount else { continue }
        falls &-= entries.source(start) <= entries.source(start &- 1) ? 1 : 0
        last = start
      }
      return wrong == 0 && falls == 0 && Int(largest) < sourceCount
    }
  }

  /// The rows of all sources of an owner.
  ///
  /// - Parameter limit: What no source may have more rows than.
  /// - Returns: `nil` where one does, or their sum is too large for a number.
  func rowCount(of owner: Int, limit: UInt64) -> UInt64? {
    withEntries(of: owner) { entries, range in
      var sum: UInt64 = 0
      var wrong = 0
      for entry in range {
        let rows = entries.rowCount(entry)
        let (next, overflow) = sum.addingReportingOverflow(rows)
        sum = next
        wrong &+= overflow ? 1 : 0
        wrong &+= rows > limit ? 1 : 0
      }
      return wrong == 0 ? sum : nil
    }
  }

  /// The rows of each source of an owner, ascending by source.
  func statistics(of owner: Int) -> [ManifestSource] {
    withEntries(of: owner) { entries, range in range.map { entries[$0] } }
  }

  /// Calls with the rows of each source of an owner, ascending by source.
  package func forEach(of owner: Int, _ body: (ManifestSource) -> Void) {
    withEntries(of: owner) { entries, range in
      for entry in range { body(entries[entry]) }
    }
  }

  /// Adds the rows of each source of an owner to those of others.
  ///
  /// - Parameters:
  ///   - sums: One for each source of the manifest, without a row as long as none is met.
  ///   - met: The sources of which `sums` has a row; new ones are appended.
  package func add(
    of owner: Int, to sums: inout [ManifestSource], met: inout [Int]
  ) {
    sums.withUnsafeMutableBufferPointer { sums in
      withEntries(of: owner) { entries, range in
        for entry in range {
          let added = entries[entry]
          guard added.rowCount > 0 else { continue }
          precondition(added.sourceIndex < sums.count)
          if sums[added.sourceIndex].rowCount == 0 {
            met.append(added.sourceIndex)
            sums[added.sourceIndex] = added
          } else {
            sums[added.sourceIndex].add(added)
          }
        }
      }
    }
  }

  @inline(__always)
  private func withEntries<Result>(
    of owner: Int, _ body: (Entries, Range<Int>) -> Result
  ) -> Result {
    precondition(owner >= 0 && owner < ownerCount)
    // Safe because `init` proved the section's size and that no start is above the last.
    return bytes.withUnsafeBytes { section in
      let entries = Entries(
        section: section, ownerCount: ownerCount, entryCount: entryCount)
      return body(entries, entries.start(owner)..<entries.start(owner + 1))
    }
  }

  /// The columns of the section.
  private struct Entries {
    let section: UnsafeRawBufferPointer
    let sources: Int
    let rowCounts: Int
    let firstTimes: Int
    let lastTimes: Int

    init(section: UnsafeRawBufferPointer, ownerCount: Int, entryCount: Int) {
      self.section = section
      sources = 4 * (ownerCount + 1)
      rowCounts = sources + 4 * entryCount
      firstTimes = rowCounts + 8 * entryCount
      lastTimes = firstTimes + 8 * entryCount
    }

    @inline(__always)
    private func number<Number: FixedWidthInteger & BitwiseCopyable>(
      _ column: Int, _ index: Int
    ) -> Number {
      let size = MemoryLayout<Number>.size
      return Number(
        littleEndian: section.loadUnaligned(
          fromByteOffset: column &+ index &* size, as: Number.self))
    }

    func start(_ owner: Int) -> Int { Int(number(0, owner) as UInt32) }
    func source(_ entry: Int) -> UInt32 { number(sources, entry) }
    func rowCount(_ entry: Int) -> UInt64 { number(rowCounts, entry) }
    func firstTime(_ entry: Int) -> Int64 { number(firstTimes, entry) }
    func lastTime(_ entry: Int) -> Int64 { number(lastTimes, entry) }

    subscript(entry: Int) -> ManifestSource {
      ManifestSource(
        sourceIndex: Int(source(entry)), rowCount: Int(rowCount(entry)),
        firstTime: firstTime(entry), lastTime: lastTime(entry))
    }
  }
}
