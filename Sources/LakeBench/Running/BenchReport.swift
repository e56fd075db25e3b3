/// What a bench measured.
package struct BenchReport: Sendable {
  /// Work of a query as `--explain` counts it.
  package struct Work: Hashable, Sendable {
    package let filesOpened: Int
    package let blocksCovered: Int
    package let blocksRead: Int
    package let pagesDecoded: Int
    package let bytesRead: Int
    package let rowsMatched: Int
  }

  package struct Case: Sendable {
    package let question: BenchQuestion
    /// The command, as a person would type it.
    package let line: String
    /// Of each run of the whole process, start included.
    package let seconds: [Double]
    package let peakByteCount: Int
    package let work: Work
    package let rowCount: Int
    /// Whether the answer is the one counted from the generator.
    package var isRight = false

    /// The middle one of the runs; the mean of the two middle ones of an even number.
    package var medianSeconds: Double {
      let sorted = seconds.sorted()
      let middle = sorted.count / 2
      return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
  }

  package struct Conversion: Sendable {
    package let seconds: Double
    package let processorSeconds: Double
    package let peakByteCount: Int
    package let fileCount: Int
    package let byteCount: Int
  }

  package let rowCount: UInt64
  package let fileCount: Int
  package let csvByteCount: Int
  package let generationSeconds: Double
  package let conversion: Conversion
  package let cases: [Case]

  package var bytesPerRow: Double { Double(conversion.byteCount) / Double(max(rowCount, 1)) }
  package var isRight: Bool { cases.allSatisfy(\.isRight) }
}
