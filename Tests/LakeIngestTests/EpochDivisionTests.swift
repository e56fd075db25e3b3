import LakeTestSupport
import Testing

@testable import LakeIngest

struct EpochDivisionTests {
  /// The rows of each part.
  private func parts(
    of files: [Double], capacity: Double, knowing isKnown: Bool = true
  ) -> [Double] {
    var parts: [Double] = []
    var held = 0.0
    for (index, rows) in files.enumerated() {
      let behind = isKnown ? files[(index + 1)...].reduce(0, +) : 0
      let division = EpochDivision(capacity: capacity, held: held)
      if held > 0, division.isFull(before: rows, behind: behind) {
        parts.append(held)
        held = 0
      }
      held += rows
    }
    return parts + [held]
  }

  @Test func oneIsEnoughForWhatFits() {
    #expect(parts(of: Array(repeating: 5, count: 12), capacity: 60) == [60])
    #expect(parts(of: [7], capacity: 60) == [7])
  }

  @Test func partsAreOfOneSize() {
    let files = Array(repeating: 5.0, count: 20)
    #expect(parts(of: files, capacity: 62) == [50, 50])
    #expect(parts(of: files, capacity: 99) == [50, 50])
    #expect(parts(of: files, capacity: 40) == [35, 30, 35])
    #expect(parts(of: files, capacity: 15.1) == [15, 15, 15, 15, 15, 10, 15])
  }

  @Test func memoryIsFilledWhereNothingIsKnownOfOtherFiles() {
    let files = Array(repeating: 5.0, count: 20)
    #expect(parts(of: files, capacity: 62, knowing: false) == [60, 40])
  }

  @Test func filesOfWhichNothingIsKnownStayTogether() {
    for held in [1.0, 30, 60] {
      let division = EpochDivision(capacity: 60, held: held)
      #expect(!division.isFull(before: 0, behind: 0), "\(held)")
    }
  }

  /// No part is larger than memory unless its only file is, and they are no more than where memory is filled.
  @Test func partsAreNoMoreThanFilledOnes() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<20_000 {
      let capacity = Double(10 + random.next() % 90)
      let size = Double(1 + random.next() % 20)
      let files = Array(repeating: size, count: Int(1 + random.next() % 40))
      let even = parts(of: files, capacity: capacity)
      let filled = parts(of: files, capacity: capacity, knowing: false)
      #expect(even.allSatisfy { $0 <= max(capacity, size) }, "\(files), \(capacity), seed \(seed)")
      #expect(even.count <= filled.count, "\(files), \(capacity), seed \(seed)")
      #expect(even.reduce(0, +) == files.reduce(0, +), "seed \(seed)")
    }
  }
}
