/// Chooses the encoding of a page: the smallest body, but a dictionary only where it saves a sixteenth,
/// because looking words up takes longer than adding, and decimals instead of bit patterns only where they
/// save a 64th, because they must be divided.
///
/// The choice depends on the words and their kind alone. Format: `formats/encodings/README.md`.
struct EncodingChoice: ~Copyable {
  /// A dictionary for narrower numbers is not looked for: it has little to save.
  private static let narrowestWidthToBeat = 8

  /// The distinct words of the last page, for a plan that is `dictionary`.
  var distinct = DistinctWords()
  /// The integers of the last page, for a plan that is `decimalFloat`.
  var decimals = DecimalSearch()

  /// - Precondition: `words` is not empty.
  mutating func plan(
    _ words: Span<UInt64>, kind: WordKind
  ) -> (plan: EncodingPlan, summary: ValueSummary) {
    switch kind {
    case .integer, .code:
      let range = IntegerKernels.range(words)
      let summary = ValueSummary(range, valueCount: words.count)
      if range.spread == 0 { return (.constant(ConstantPage(value: words[0])), summary) }
      let packed = FrameOfReference(words, range: range, seeksDivisor: kind == .integer)
      let plan = smaller(.frameOfReference(packed), width: packed.width, words)
      return (plan, summary)
    case .float:
      let range = FloatKernels.range(words)
      let summary = ValueSummary(range, valueCount: words.count)
      if range.differingBits == 0 { return (.constant(ConstantPage(value: words[0])), summary) }
      let packed = OrderedFloat(words, range: range)
      let byteCount = packed.byteCount(count: words.count)
      if let page = decimals.plan(words, atMost: byteCount - byteCount / 64) {
        return (smaller(.decimalFloat(page), width: page.width, words), summary)
      }
      return (smaller(.orderedFloat(packed), width: packed.width, words), summary)
    }
  }

  /// The smallest of `packed`, whose numbers are `width` bits wide, a dictionary, and raw words.
  private mutating func smaller(
    _ packed: EncodingPlan, width: Int, _ words: Span<UInt64>
  ) -> EncodingPlan {
    var best = packed
    var bestByteCount = packed.byteCount(count: words.count)
    if width >= Self.narrowestWidthToBeat, distinct.collect(words) {
      let page = EncodingPlan.dictionary(DictionaryPage(distinct))
      if page.byteCount(count: words.count) < bestByteCount - bestByteCount / 16 {
        best = page
        bestByteCount = page.byteCount(count: words.count)
      }
    }
    return RawPage.byteCount(count: words.count) < bestByteCount ? .raw : best
  }
}
