/// Loops over the entries of one file. `init` proved that the starts ascend and that the section holds all entries.
extension FileSources {
  /// Source, rows, first and last time.
  static let entryByteCount = 4 + 8 + 8 + 8

  /// Whether the entries of a file agree with it.
  ///
  /// - Returns: Also whether they have all of its rows.
  func check(
    _ file: Int, rowCount: UInt64, sourceCount: UInt64
  ) -> (isSound: Bool, isWhole: Bool) {
    withEntries(ofFile: file) { entries, range in
      var isWrong = false
      var isTooMuch = false
      var sum: UInt64 = 0
      var next: UInt64 = 0
      for entry in range {
        let source = UInt64(entries.source(entry))
        let rows = entries.rowCount(entry)
        isWrong = isWrong || source < next || rows > rowCount
        isWrong = isWrong || entries.firstTime(entry) > entries.lastTime(entry)
        next = source + 1
        let (total, overflow) = sum.addingReportingOverflow(rows)
        sum = total
        isTooMuch = isTooMuch || overflow
      }
      return (!isWrong && next <= sourceCount, !isTooMuch && sum == rowCount)
    }
  }

  /// The rows of each source of a file, ascending by source.
  func statistics(ofFile file: Int) -> [ManifestSource] {
    withEntries(ofFile: file) { entries, range in range.map { entries[$0] } }
  }

  /// Adds the rows of each source of a file to those of other files.
  ///
  /// - Parameters:
  ///   - sums: One for each source of the manifest, without a row as long as none is met.
  ///   - met: The sources of which `sums` has a row; new ones are appended.
  package func add(
    ofFile file: Int, to sums: inout [ManifestSource], met: inout [Int]
  ) {
    withEntries(ofFile: file) { entries, range in
      for entry in range {
        let added = entries[entry]
        guard added.rowCount > 0 else { continue }
        if sums[added.sourceIndex].rowCount == 0 {
          met.append(added.sourceIndex)
          sums[added.sourceIndex] = added
        } else {
          sums[added.sourceIndex].add(added)
        }
      }
    }
  }

  @inline(__always)
  private func withEntries<Result>(
    ofFile file: Int, _ body: (Entries, Range<Int>) -> Result
  ) -> Result {
    precondition(file >= 0 && file < fileCount)
    // Safe because `init` proved the section's size and that no start is above the last.
    return bytes.withUnsafeBytes { section in
      let entries = Entries(
        section: section, fileCount: fileCount, entryCount: entryCount)
      return body(entries, entries.start(file)..<entries.start(file + 1))
    }
  }

  /// The columns of the section.
  private struct Entries {
    let section: UnsafeRawBufferPointer
    let sources: Int
    let rowCounts: Int
    let firstTimes: Int
    let lastTimes: Int

    init(section: UnsafeRawBufferPointer, fileCount: Int, entryCount: Int) {
      self.section = section
      sources = 4 * (fileCount + 1)
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

    func start(_ file: Int) -> Int { Int(number(0, file) as UInt32) }
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
