import LakeColumns
import Testing
import TripModel

@testable import LakeIngest

@Suite struct SourceCodesTests {
  private let codes = SourceCodes(sources: (0..<10).map { ByteString("source \($0)") })

  private func column(_ sources: [Int]) throws -> ColumnVector {
    ColumnVector(
      definition: try #require(TripSchema.trips.column(.source)),
      dictionary: sources.map { ByteString("source \($0)") })
  }

  /// Notes some ranks, and fits them to a column of some sources.
  ///
  /// - Returns: The code of each rank.
  private func fit(_ ranks: [UInt32], to sources: [Int]) throws -> [UInt32] {
    for rank in ranks { codes.note(rank) }
    _ = codes.makeDictionary()
    codes.fit(to: try column(sources))
    return ranks.map { codes[$0] }
  }

  @Test func noteEachSourceOnceInByteOrder() {
    for rank: UInt32 in [7, 2, 2, 9, 7] { codes.note(rank) }
    #expect(codes.makeDictionary() == ["source 2", "source 7", "source 9"])
  }

  @Test func areThoseOfTheColumn() throws {
    #expect(try fit([7, 2, 2, 9, 7], to: [2, 7, 9]) == [1, 0, 0, 2, 1])
    codes.removeAll()
    #expect(try fit([7, 2, 9], to: [0, 2, 3, 7, 8, 9]) == [3, 1, 5])
  }

  @Test func areForgotten() throws {
    _ = try fit([3, 1], to: [1, 3])
    codes.removeAll()
    #expect(codes.makeDictionary().isEmpty)
    #expect(try fit([9], to: [9]) == [0])
  }
}
