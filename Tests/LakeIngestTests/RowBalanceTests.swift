import LakeTestSupport
import Testing

@testable import LakeIngest

@Suite struct RowBalanceTests {
  private static let seed = UInt64.random(in: 0...UInt64.max)

  private func rows(_ count: Int) -> [[UInt64]] {
    var random = SeededRandom(seed: Self.seed)
    return (0..<count).map { _ in (0..<TripRow.wordCount).map { _ in random.next() } }
  }

  private func balance(_ rows: [[UInt64]]) -> RowBalance {
    var balance = RowBalance()
    for row in rows {
      row.withUnsafeBufferPointer { words in
        if let start = words.baseAddress { balance.add(start) }
      }
    }
    return balance
  }

  @Test func doesNotDependOnTheOrder() {
    let rows = rows(100)
    #expect(balance(rows) == balance(rows.reversed()))
    #expect(balance(Array(rows[..<40])) + balance(Array(rows[40...])) == balance(rows))
  }

  @Test func showsEveryChangedBit() {
    let whole = rows(3)
    for word in TripRow.originX...TripRow.startTime {
      for bit in UInt64(0)..<64 {
        var changed = whole
        changed[1][word] ^= 1 << bit
        #expect(balance(changed) != balance(whole), "word \(word), bit \(bit), seed \(Self.seed)")
      }
    }
  }

  @Test func showsExchangedWords() {
    let whole = rows(2)
    for word in TripRow.originX...TripRow.startTime {
      var exchanged = whole
      (exchanged[0][word], exchanged[1][word]) = (whole[1][word], whole[0][word])
      #expect(balance(exchanged) != balance(whole), "word \(word), seed \(Self.seed)")
      for other in TripRow.originX..<word {
        exchanged = whole
        exchanged[0].swapAt(word, other)
        #expect(balance(exchanged) != balance(whole), "\(word), \(other), seed \(Self.seed)")
      }
    }
  }
}
