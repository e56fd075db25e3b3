import LakeTestSupport
import Testing

@testable import LakeNotify

@Suite struct EventIDTests {
  /// The fields of RFC 9562, section 5.7, with the time of its appendix A.6.
  @Test func theLayoutIsThatOfTheStandard() {
    let id = EventID(
      after: nil, milliseconds: 0x017f_22e2_79b0, random: 0xd8c4_dc0c_0c07_398f)
    #expect(id.text == "017f22e2-79b0-7000-98c4-dc0c0c07398f")
    #expect(id.milliseconds == 0x017f_22e2_79b0)
    #expect(EventID(text: id.text) == id)
  }

  @Test func idsAscendWhateverTheClockDoes() {
    var random = SeededRandom(seed: 5)
    var last: EventID?
    for _ in 0..<20_000 {
      let id = EventID(
        after: last, milliseconds: 1_000_000 + random.next() % 3, random: random.next())
      if let last {
        #expect(id > last)
        #expect(id.text > last.text)
      }
      last = id
    }
    // 4,096 of them fit a millisecond.
    #expect(last?.milliseconds == 1_000_006)
  }

  @Test(arguments: [
    "", "017f22e2-79b0-7000-98c4-dc0c0c07398", "017f22e2-79b0-7000-98c4-dc0c0c07398g",
    "017F22E2-79B0-7000-98C4-DC0C0C07398F", "017f22e2-79b0-4000-98c4-dc0c0c07398f",
    "017f22e2-79b0-7000-18c4-dc0c0c07398f", "017f22e279b0-7000-98c4-dc0c0c07398f0",
    "+17f22e2-79b0-7000-98c4-dc0c0c07398f",
  ])
  func otherTextsAreNotIDs(text: String) {
    #expect(EventID(text: text) == nil)
  }
}
