import LakeBytes
import LakeFile
import LakeTestSupport
import Testing

@Suite("A description of a trip file")
struct DescribeTests {
  @Test("leaves no byte out and names none twice", arguments: [1.0, 0.5, 0])
  func gapless(destinationChance: Double) throws {
    let file = try RoundTripTests.encode(
      SampleTrips.columns(rowCount: 200, seed: 5, destinationChance: destinationChance))
    let annotations = try TripFileReader(BytesInMemory(file.bytes), path: "a.trip").annotations()
    var end = 0
    for annotation in annotations {
      #expect(annotation.range.lowerBound == end)
      #expect(!annotation.range.isEmpty)
      #expect(!annotation.meaning.contains("without a meaning"))
      end = annotation.range.upperBound
    }
    #expect(end == file.bytes.count)
  }
}
